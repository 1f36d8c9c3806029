"""Writes mobilenet-v2-layers.json beside this file, from Keras's own MobileNetV2.

Made with Keras 3.15.1 on TensorFlow 2.21: python libs/model/test/golden/make_mobilenet_v2_layers.py
"""

import json
from pathlib import Path

import keras
import numpy as np

here = Path(__file__).parent


def backbone(alpha, size):
    keras.backend.clear_session()
    model = keras.applications.MobileNetV2(
        input_shape=(size, size, 3), alpha=alpha, include_top=False, pooling="avg", weights=None
    )
    return model


def weight_name(layer, variable):
    """Keras 3 calls a depthwise kernel `kernel`; Keras 2 and Thaw call it `depthwise_kernel`."""
    is_depthwise = type(layer).__name__ == "DepthwiseConv2D"
    return f"{layer.name}/{'depthwise_' if is_depthwise else ''}{variable.name}"


def inputs(layer):
    tensors = layer.input if isinstance(layer.input, list) else [layer.input]
    return ",".join(tensor._keras_history.operation.name for tensor in tensors)


def attributes(layer):
    """What does not depend on alpha and size."""
    config = layer.get_config()
    keys = {
        "Conv2D": ["kernel_size", "strides", "padding", "use_bias", "activation", "dilation_rate", "groups"],
        "DepthwiseConv2D": ["kernel_size", "strides", "padding", "use_bias", "activation", "dilation_rate", "depth_multiplier"],
        "BatchNormalization": ["axis", "epsilon", "momentum", "center", "scale"],
        "ReLU": ["max_value", "negative_slope", "threshold"],
    }.get(type(layer).__name__, [])
    return " ".join(f"{key}={json.dumps(config[key])}" for key in keys)


def shape_text(shape):
    return "x".join(str(length) for length in shape)


def layers_of(model):
    return [layer for layer in model.layers if type(layer).__name__ != "InputLayer"]


def variant(alpha, size):
    layers = layers_of(backbone(alpha, size))
    return {
        "alpha": alpha,
        "size": size,
        "without": [name for name in names if name not in {layer.name for layer in layers}],
        "beyond": [layer.name for layer in layers if layer.name not in names],
        "outputs": " ".join(shape_text(layer.output.shape[1:]) for layer in layers),
        "weights": " ".join(shape_text(v.shape) for layer in layers for v in layer.weights),
        "padding": " ".join(
            shape_text(np.ravel(layer.padding)) for layer in layers if type(layer).__name__ == "ZeroPadding2D"
        ),
    }


reference = layers_of(backbone(1.0, 224))
names = [layer.name for layer in reference]
golden = {
    "layers": [f"{type(layer).__name__} {layer.name} < {inputs(layer)} | {attributes(layer)}" for layer in reference],
    "weight_names": " ".join(weight_name(layer, v) for layer in reference for v in layer.weights),
    "variants": [
        variant(alpha, size)
        for alpha, size in [(0.35, 96), (1.0, 224), (1.4, 160), (0.5, 33), (0.1, 65), (1.3, 97), (0.75, 32), (2.17, 50)]
    ],
}
(here / "mobilenet-v2-layers.json").write_text(json.dumps(golden, indent=1) + "\n")
