"""Writes aspect.json: what Keras's Resizing makes of images given by a formula, by crop_to_aspect_ratio and pad_to_aspect_ratio.

Needs keras, tensorflow and numpy. Run in this folder: python make_aspect.py
"""
import json

import keras
import numpy as np

SIZES = [(7, 11), (11, 7), (6, 6), (9, 40), (40, 9), (33, 24), (24, 32), (2, 60)]


def image(width, height):
    y, x = np.mgrid[:height, :width]
    return np.stack([(x * 5 + y * 3 + c * 40) % 256 for c in range(3)], -1).astype("float32")


cases = []
for width, height in SIZES:
    # Bicubic beside black goes below 0 in one direction, which bytes cut off before the other.
    for fit, interpolation in (("crop", "bilinear"), ("crop", "bicubic"), ("pad", "bilinear")):
        layer = keras.layers.Resizing(8, 8, interpolation, antialias=True, crop_to_aspect_ratio=fit == "crop", pad_to_aspect_ratio=fit == "pad")
        pixels = np.asarray(layer(image(width, height)[None]))[0]
        cases.append({"width": width, "height": height, "resize": fit, "interpolation": interpolation,
                      "pixels": [round(float(v), 2) for v in pixels.ravel()]})
with open("aspect.json", "w") as file:
    lines = ",\n".join(json.dumps(case) for case in cases)
    file.write(f'{{"source": "Keras {keras.__version__}", "cases": [\n{lines}\n]}}\n')
