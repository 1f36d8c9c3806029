"""Writes mobilenet-v2-output.json beside this file: what Keras's MobileNetV2 computes with weights by formula.

Made with Keras 3.15.1 on TensorFlow 2.21: python test/golden/make_mobilenet_v2_output.py
"""

import json
from pathlib import Path

import keras
import numpy as np

from formula import formula_uniform, set_formula_weights

alpha, size, images, classes, units = 0.35, 40, 2, 4, 8
backbone = keras.applications.MobileNetV2(
    input_shape=(size, size, 3), alpha=alpha, include_top=False, pooling="avg", weights=None
)
head = keras.layers.Dense(units, activation="relu", name="dense")(backbone.output)
head = keras.layers.Dense(classes, activation="softmax", name="predictions")(head)
model = keras.Model(backbone.input, [backbone.output, head])
set_formula_weights(model)
values = formula_uniform("images", images * size * size * 3) * 2 - 1
features, probabilities = model.predict(
    values.astype(np.float32).reshape(images, size, size, 3), verbose=0
)
golden = {
    "alpha": alpha,
    "size": size,
    "head_units": units,
    "classes": classes,
    "features": " ".join(f"{value:.6g}" for value in features.ravel()),
    "probabilities": [[float(f"{value:.8g}") for value in row] for row in probabilities],
}
Path(__file__).with_name("mobilenet-v2-output.json").write_text(json.dumps(golden, indent=1) + "\n")
