"""Writes augmentation.json: what Keras's ImageDataGenerator.apply_transform makes of an image given by a formula.

Needs keras, scipy and pillow. Run in this folder: python make_augmentation.py
"""
import json

import keras
import numpy as np
from keras.src.legacy.preprocessing.image import ImageDataGenerator

SIZE = 12
Y, X = np.mgrid[:SIZE, :SIZE]
IMAGE = np.stack([(X * 37 + Y * 11 + c * 83 + X * Y) % 256 for c in range(3)], -1).astype("float32")

DRAWS = [
    ({}, "nearest"),
    ({"theta": 17.3}, "nearest"),
    ({"theta": -33.0}, "constant"),
    ({"theta": 71.0}, "reflect"),
    ({"theta": 128.0}, "wrap"),
    ({"tx": 2.25}, "nearest"),
    ({"tx": -3.0, "ty": 1.5}, "constant"),
    ({"tx": 30.5, "ty": -41.25}, "reflect"),
    ({"tx": -27.25, "ty": 38.5}, "wrap"),
    ({"ty": -4.6}, "nearest"),
    ({"shear": 15.0}, "nearest"),
    ({"shear": -25.0, "zx": 1.4}, "reflect"),
    ({"zx": 0.7, "zy": 1.3}, "nearest"),
    ({"zx": 3.5, "zy": 2.5}, "wrap"),
    ({"flip_horizontal": True}, "nearest"),
    ({"flip_vertical": True}, "nearest"),
    ({"brightness": 0.73}, "nearest"),
    ({"brightness": 1.37}, "nearest"),
    ({"brightness": 1.0, "theta": 5.0}, "nearest"),
    ({"theta": 12.0, "tx": 1.1, "ty": -0.8, "shear": 6.0, "zx": 0.9, "zy": 1.1, "flip_horizontal": True,
      "flip_vertical": True, "brightness": 0.9}, "nearest"),
    ({"theta": -19.0, "tx": -2.4, "ty": 3.2, "shear": -11.0, "zx": 1.2, "zy": 0.8, "flip_horizontal": True,
      "brightness": 1.21}, "reflect"),
    ({"channel_shift_intensity": 41.5}, "nearest"),
    ({"channel_shift_intensity": -90.0, "theta": 25.0, "brightness": 0.8}, "nearest"),
    ({"theta": 40.0, "tx": 2.0}, "constant", 200.0),
]

cases = []
for draw, mode, *cval in DRAWS:
    pixels = ImageDataGenerator(fill_mode=mode, cval=cval[0] if cval else 0.0).apply_transform(IMAGE, draw)
    cases.append({"draw": draw, "fill_mode": mode, **({"cval": cval[0]} if cval else {}), "pixels": [round(float(v), 3) for v in pixels.ravel()]})
with open("augmentation.json", "w") as file:
    lines = ",\n".join(json.dumps(case) for case in cases)
    file.write(f'{{"source": "Keras {keras.__version__}", "size": {SIZE}, "cases": [\n{lines}\n]}}\n')
