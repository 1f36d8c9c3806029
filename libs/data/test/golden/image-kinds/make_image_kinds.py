"""Writes a table for each format: small files of every kind (base64) and what Pillow's convert("RGB") makes of them.

Needs pillow and numpy. Run in this folder: python make_image_kinds.py
"""
import base64
import json

import PIL
from PIL import Image

import bmp
import gif
import jpeg
import other
import png
import pnm
import tiff
import webp
from base import case

Image.init()


def write(name, cases):
    lines = ",\n".join(json.dumps(each) for each in cases)
    with open(f"{name}.json", "w") as file:
        file.write(f'{{"source": "Pillow {PIL.__version__}", "cases": [\n{lines}\n]}}\n')
    print(name, len(cases))


for module in (jpeg, png, gif, bmp, tiff, pnm, webp):
    write(module.__name__, [case(kind, data) for kind, data in module.cases()])
write("other", [{**case(kind, data), "name": name} for kind, name, data in other.cases()])
