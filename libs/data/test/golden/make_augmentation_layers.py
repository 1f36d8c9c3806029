"""Writes augmentation-layers.json: what Keras's preprocessing layers make of an image given by a formula, for given draws.

Needs keras and numpy. Run in this folder: python make_augmentation_layers.py
"""
import json

import keras
import numpy as np

SIZE = 12
Y, X = np.mgrid[:SIZE, :SIZE]
IMAGE = np.stack([(X * 37 + Y * 11 + c * 83 + X * Y) % 256 for c in range(3)], -1).astype("float32")


def written(values):
    return [round(float(v), 3) for v in np.asarray(values).ravel()]


def one(layer, transformation):
    return written(layer.transform_images(IMAGE[None].copy(), transformation))


L = keras.layers
jitter = [
    {"brightness": 51.0, "pixels": one(L.RandomBrightness(0.5), {"rgb_delta": np.full((1, 1, 1, 1), 51.0, "float32")})},
    {"brightness": -80.0, "pixels": one(L.RandomBrightness(0.5), {"rgb_delta": np.full((1, 1, 1, 1), -80.0, "float32")})},
    {"contrast": 1.6, "pixels": one(L.RandomContrast(0.7), {"contrast_factor": np.full((1, 1, 1, 1), 1.6, "float32")})},
    {"contrast": 0.3, "pixels": one(L.RandomContrast(0.7), {"contrast_factor": np.full((1, 1, 1, 1), 0.3, "float32")})},
    {"saturation": 0.4, "pixels": one(L.RandomSaturation(0.5), {"factor": np.array([0.4], "float32")})},
    {"saturation": 0.0, "pixels": one(L.RandomSaturation(0.5), {"factor": np.array([0.0], "float32")})},
    {"hue": 0.31, "pixels": one(L.RandomHue(0.7), {"factor": np.array([0.31], "float32")})},
    {"hue": -0.2, "pixels": one(L.RandomHue(0.7), {"factor": np.array([-0.2], "float32")})},
]
blur = [
    {"kernelSize": k, "sigmaX": sx, "sigmaY": sy,
     "pixels": one(L.RandomGaussianBlur(1.0, k, (0.1, 1.0)),
                   {"should_apply_blur": np.array([True]), "blur_factor": np.array([sx, sy], "float32")})}
    for k, sx, sy in [(3, 0.8, 0.8), (5, 1.0, 0.5)]
]
box = (2.3, 7.9, 1.0, 6.2)
layer = L.RandomErasing(1.0, fill_value=77.0)
mask = layer._generate_batch_mask((1, SIZE, SIZE, 3), tuple(np.array([v], "float32") for v in box))
erased = {"left": box[0], "right": box[1], "top": box[2], "bottom": box[3], "fill": 77.0,
          "pixels": one(layer, {"apply_erasing": np.array([True]), "batch_masks": mask,
                                "fill_value": np.full((1, SIZE, SIZE, 3), 77.0, "float32")})}

with open("augmentation-layers.json", "w") as file:
    json.dump({"source": f"Keras {keras.__version__}", "size": SIZE, "jitter": jitter, "blur": blur, "erased": erased}, file)
    file.write("\n")
