"""Files that Keras 3.15 and TensorBoard's summaries write, with the figures that are in them, for ../import/real-files.test.ts.

    pip install tensorflow keras tensorboard && KERAS_BACKEND=tensorflow python make_imports_keras.py
"""

import base64
import json
import math
import pathlib
import tempfile

import keras
import numpy as np

rng = np.random.default_rng(1)
files = []


def number(value):
    value = float(value)
    return value if math.isfinite(value) else None


def add(kind, name, content, expected):
    data = base64.b64encode(content).decode()
    files.append({"kind": kind, "name": name, "base64": data, "expected": expected})


metric_sets = [
    ["accuracy"],
    [keras.metrics.AUC(name="auc")],
    ["accuracy", keras.metrics.Precision(name="precision"), keras.metrics.Recall(name="recall")],
    ["mae", "mse"],
    [],
]
for i in range(10):
    keras.utils.set_random_seed(i)
    x = rng.normal(size=(40, 3)).astype("float32")
    y = (x[:, :1] > 0).astype("float32")
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, "sigmoid")])
    # A rate of infinity makes losses NaN.
    rate = float("inf") if i == 7 else 0.1
    model.compile(keras.optimizers.SGD(rate), "binary_crossentropy", metrics=metric_sets[i % 5])
    folder = pathlib.Path(tempfile.mkdtemp())
    separator = ";" if i == 3 else ","
    callbacks = [
        keras.callbacks.ReduceLROnPlateau(patience=1),
        keras.callbacks.CSVLogger(str(folder / "log.csv"), separator=separator, append=i == 5),
        keras.callbacks.TensorBoard(str(folder / "tb"), write_graph=False, update_freq=1 if i == 2 else "epoch"),
    ]
    split = 0 if i % 4 == 3 else 0.25
    history = model.fit(x, y, epochs=2 + i % 3, validation_split=split, verbose=0, callbacks=callbacks).history
    if i == 5:
        again = model.fit(x, y, epochs=2, validation_split=split, verbose=0, callbacks=callbacks[:2]).history
    curves = {key: [number(value) for value in values] for key, values in history.items()}
    text = json.dumps({key: [float(value) for value in values] for key, values in history.items()})
    add("history", f"history-{i}.json", text.encode(), {"curves": curves})
    logged = dict(curves)
    if i == 5:
        logged = {key: curves[key] + [number(value) for value in again[key]] for key in curves}
    add("csv-logger", f"log-{i}.csv", (folder / "log.csv").read_bytes(), {"curves": logged})
    scalars = {key: values for key, values in curves.items()}
    events = {}
    for path in sorted((folder / "tb").rglob("*tfevents*")):
        events[f"{path.parent.name}/events.out.tfevents.1.host.{i}.v2"] = base64.b64encode(path.read_bytes()).decode()
    files.append({"kind": "tensorboard", "name": f"tb-{i}", "files": events, "expected": {"curves": scalars}})

document = {"keras": keras.__version__, "files": files}
pathlib.Path(__file__).with_name("imports-keras.json").write_text(json.dumps(document) + "\n")
