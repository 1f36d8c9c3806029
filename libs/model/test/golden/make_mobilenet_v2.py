"""Writes mobilenet-v2-layers.json and mobilenet-v2-output.json beside this file, from Keras's own MobileNetV2.

Made with Keras 3.15.1 on TensorFlow 2.21: python libs/model/test/golden/make_mobilenet_v2.py
"""

import json
import sys
from pathlib import Path

import keras
import numpy as np

here = Path(__file__).parent
sys.path.insert(0, str(here.parents[3] / "test" / "golden"))
from formula import formula_uniform, set_formula_weights, weight_name  # noqa: E402


def backbone(alpha, size):
    keras.backend.clear_session()
    model = keras.applications.MobileNetV2(
        input_shape=(size, size, 3), alpha=alpha, include_top=False, pooling="avg", weights=None
    )
    return model


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

size, images, classes, units = 40, 2, 4, 8
model = backbone(0.35, size)
head = keras.layers.Dense(units, activation="relu", name="dense")(model.output)
head = keras.layers.Dense(classes, activation="softmax", name="predictions")(head)
model = keras.Model(model.input, [model.output, head])
set_formula_weights(model)
values = formula_uniform("images", images * size * size * 3) * 2 - 1
features, probabilities = model.predict(
    values.astype(np.float32).reshape(images, size, size, 3), verbose=0
)
output = {
    "alpha": 0.35,
    "size": size,
    "head_units": units,
    "features": [[float(f"{v:.7g}") for v in row[:16]] for row in features],
    "features_norm": [float(np.linalg.norm(row.astype(float))) for row in features],
    "probabilities": probabilities.astype(float).tolist(),
}
(here / "mobilenet-v2-output.json").write_text(json.dumps(output, indent=1) + "\n")
