"""Writes mixing.json: what Keras's MixUp and CutMix make of images given by a formula and their labels, for given draws.

Needs keras and numpy. Run in this folder: python make_mixing.py
"""
import json

import keras
import numpy as np

SIZE = 6
Y, X = np.mgrid[:SIZE, :SIZE]
IMAGES = np.stack(
    [np.stack([(X * 37 + Y * 11 + c * 83 + X * Y + 59 * k) % 256 for c in range(3)], -1) for k in range(4)]
).astype("float32")
LABELS = np.eye(3, dtype="float32")[[0, 2, 1, 2]]


def written(values):
    return [round(float(v), 4) for v in np.asarray(values).ravel()]


order = np.array([2, 0, 3, 1])
weights = np.array([0.7, 0.25, 1.0, 0.5], "float32")
up = keras.layers.MixUp(0.2)
draw = {"mix_weight": weights, "permutation_order": order}
mixup = {"partners": order.tolist(), "shares": weights.tolist(),
         "images": written(up.transform_images(IMAGES.copy(), draw)), "labels": written(up.transform_labels(LABELS, draw))}
cut = keras.layers.CutMix(1.0)
corners = [np.array(v, "float32") for v in ([1, 0, 4, 3], [4, 6, 4, 5], [2, 0, 5, 3], [6, 6, 5, 4])]
masks, kept = cut._generate_batch_mask(IMAGES.shape, corners)
draw = {"permutation_order": order, "batch_masks": masks, "mix_weight": kept}
cutmix = {"partners": order.tolist(), "shares": written(kept),
          "boxes": [dict(zip(("left", "right", "top", "bottom"), map(int, c))) for c in zip(*corners)],
          "images": written(cut.transform_images(IMAGES.copy(), draw)), "labels": written(cut.transform_labels(LABELS, draw))}

with open("mixing.json", "w") as file:
    json.dump({"source": f"Keras {keras.__version__}", "size": SIZE, "mixup": mixup, "cutmix": cutmix}, file)
    file.write("\n")
