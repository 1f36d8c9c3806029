"""Makes gradients.json: float64 gradients of a truncated MobileNetV2 in Keras, weights and images by formula.py.

Usage: python make_gradients.py   (needs tensorflow and keras)
"""
import json
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np
import tensorflow as tf
from formula import formula_uniform, formula_weight, weight_name

keras.config.set_floatx("float64")
ALPHA, SIZE, BATCH, CLASSES, HEAD, LAST, VALUES = 0.35, 32, 4, 4, 16, "block_2_add", 16


def weight(layer, variable):
    return formula_weight(weight_name(layer, variable), tuple(variable.shape)).astype("float64")


def gradients(batch_norm):
    base = keras.applications.MobileNetV2(input_shape=(SIZE, SIZE, 3), alpha=ALPHA, include_top=False, weights=None)
    features = keras.layers.GlobalAveragePooling2D()(base.get_layer(LAST).output)
    hidden = keras.layers.Dense(HEAD, activation="relu", name="dense")(features)
    model = keras.Model(base.input, keras.layers.Dense(CLASSES, activation="softmax", name="predictions")(hidden))
    for layer in model.layers:
        layer.set_weights([weight(layer, v) for v in layer.weights])
        layer.trainable = batch_norm == "trainable" or not isinstance(layer, keras.layers.BatchNormalization)
    pixels = formula_uniform("images", BATCH * SIZE * SIZE * 3).reshape(BATCH, SIZE, SIZE, 3)
    images = (pixels * 2 - 1).astype("float32").astype("float64")
    labels = np.eye(CLASSES)[np.arange(BATCH) % CLASSES]
    with tf.GradientTape() as tape:
        probabilities = model(images, training=True)
        loss = tf.reduce_mean(-tf.reduce_sum(labels * tf.math.log(probabilities), axis=1))
    result = {}
    owners = {id(v): layer for layer in model.layers for v in layer.weights}
    for variable, gradient in zip(model.trainable_variables, tape.gradient(loss, model.trainable_variables)):
        flat = gradient.numpy().ravel()
        step = max(1, flat.size // VALUES)
        result[weight_name(owners[id(variable)], variable)] = {
            "largest": float(np.abs(flat).max()),
            "step": step,
            "values": flat[::step].tolist(),
        }
    return {"loss": float(loss), "gradients": result}


document = {
    "made_with": f"keras {keras.__version__}, float64",
    "alpha": ALPHA, "image_size": SIZE, "batch": BATCH, "classes": CLASSES, "head_units": HEAD, "last_layer": LAST,
    "cases": {name: gradients(name) for name in ("trainable", "frozen")},
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "gradients.json"), "w") as file:
    json.dump(document, file, indent=1)
    file.write("\n")
