"""Writes operations.json: what the layers of Keras's RandAugment make of an image given by a formula, for given draws.

Needs keras and numpy. Run in this folder: python make_operations.py
"""
import json
import math

import keras
import numpy as np

SIZE = 12
Y, X = np.mgrid[:SIZE, :SIZE]
# With fractions, and the third channel of few values.
IMAGE = np.stack([(X * 37 + Y * 11 + X * Y) % 200 + 20.25, (X * 3 + Y * 5) % 97 + 80.5, (X + Y) % 3 * 40.0], -1).astype("float32")


def written(values):
    return [round(float(v), 3) for v in np.asarray(values).ravel()]


def one(layer, transformation):
    return written(layer.transform_images(IMAGE[None].copy(), transformation))


def column(value):
    return np.array([[[[value]]]], "float32")


def rotated(degrees):
    layer = L.RandomRotation(0.5, fill_mode="nearest")
    matrix = layer._compute_affine_matrix(
        center_x=0.5, center_y=0.5, angle=np.array([degrees], "float32"), translate_x=np.zeros(1, "float32"),
        translate_y=np.zeros(1, "float32"), scale=np.ones(1, "float32"), shear_x=np.zeros(1, "float32"),
        shear_y=np.zeros(1, "float32"), height=SIZE, width=SIZE)
    return one(layer, {"angle": np.array([degrees], "float32"), "rotation_matrix": matrix, "input_shape": (1, SIZE, SIZE, 3)})


L = keras.layers
shear = lambda x, y: one(L.RandomShear(0.9, 0.9, fill_mode="nearest"), {"shear_factor": np.array([[x, y]], "float32"), "input_shape": (1, SIZE, SIZE, 3)})
shift = lambda x, y: one(L.RandomTranslation(0.9, 0.9, fill_mode="nearest"), {"translations": np.array([[x, y]], "float32"), "input_shape": (1, SIZE, SIZE, 3)})
cases = (
    [{"operation": {"name": "rotate", "degrees": d}, "pixels": rotated(d)} for d in (17.0, -100.0)]
    + [{"operation": {"name": "shear", "x": x, "y": y}, "pixels": shear(x, y)} for x, y in ((0.3, 0.0), (-0.25, 0.1))]
    + [{"operation": {"name": "translate", "x": x, "y": y}, "pixels": shift(x, y)} for x, y in ((2.25, 0.0), (-3.0, 1.5))]
    # Keras names how much grey is taken, Pillow how much of the image is left.
    + [{"operation": {"name": "color", "factor": f}, "pixels": one(L.RandomColorDegeneration(0.5), {"factor": column(1 - f)})} for f in (0.3, 1.6)]
    + [{"operation": {"name": "contrast", "factor": f}, "pixels": one(L.RandomContrast(0.9), {"contrast_factor": column(f)})} for f in (0.3, 1.9)]
    # Twice its factor is how much of the image is left.
    + [{"operation": {"name": "sharpness", "factor": f}, "pixels": one(L.RandomSharpness(0.9), {"factor": np.array([f / 2], "float32")})} for f in (0.1, 1.8)]
    + [{"operation": {"name": "posterize", "bits": b}, "pixels": one(L.RandomPosterization(4), {"shift_factor": np.array([8 - b], "uint8")})} for b in (4, 2, 8)]
    + [{"operation": {"name": "solarize", "threshold": t}, "pixels": one(L.Solarization(), {"thresholds": column(t), "additions": column(0.0)})} for t in (100.0, 0.0)]
    + [{"operation": {"name": "auto_contrast"}, "pixels": one(L.AutoContrast(), None)}]
    + [{"operation": {"name": "equalize"}, "pixels": one(L.Equalization(), None)}]
)

with open("operations.json", "w") as file:
    json.dump({"source": f"Keras {keras.__version__}", "size": SIZE, "image": written(IMAGE), "cases": cases}, file)
    file.write("\n")
