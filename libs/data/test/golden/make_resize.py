"""Writes resize.json: sha256 of what Pillow's resize gives for images made by a formula. Needs pillow and numpy.

Run in this folder: python make_resize.py
"""
import hashlib
import json

import numpy as np
import PIL
from PIL import Image

SIDES = [1, 2, 3, 5, 7, 10, 13, 32, 50, 97, 224, 240, 320, 333]
SIZES = [
    [w, h, side, side]
    for i, w in enumerate(SIDES)
    for h in [SIDES[(i * 5 + 3) % len(SIDES)]]
    for side in [1, 3, 8, 32, 50, 96, 101, 224]
] + [[320, 240, 224, 224], [320, 240, 160, 160], [224, 224, 224, 224], [224, 100, 224, 224], [7, 11, 13, 5], [1000, 3, 17, 64], [3, 1000, 17, 64], [900, 700, 224, 224], [256, 512, 224, 224]]


def image(width, height):
    y, x = np.mgrid[:height, :width]
    rgb = np.stack([(x * 37 + y * 11 + c * 83 + x * y + (x * x) // 7) % 256 for c in range(3)], -1)
    return Image.fromarray(rgb.astype("uint8"))


def digest(img, size, resample):
    return hashlib.sha256(img.resize(size, resample).tobytes()).hexdigest()[:16]


cases = []
for w, h, to_w, to_h in SIZES:
    img = image(w, h)
    cases.append([w, h, to_w, to_h, digest(img, (to_w, to_h), Image.NEAREST), digest(img, (to_w, to_h), Image.BILINEAR), digest(img, (to_w, to_h), Image.BICUBIC)])
with open("resize.json", "w") as file:
    file.write(json.dumps({"source": f"Pillow {PIL.__version__}", "cases": cases}).replace("], [", "],\n[") + "\n")
