"""Makes early-stopping.json: when Keras's EarlyStopping ends training on given values, and whose weights are left.

Usage: python make_early_stopping.py   (needs tensorflow and keras; trains nothing)

NaN is written as null.
"""
import json
import math
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
from keras.src.trainers.compile_utils import MetricsList

NAN = float("nan")
SEQUENCES = {
    "falls": [5, 4, 3, 2, 1],
    "rises": [1, 2, 3, 4, 5],
    "stays": [3, 3, 3, 3, 3, 3, 3],
    "falls, then rises": [4, 3, 2, 3, 4, 5, 6, 7, 8, 9],
    "rises, then falls": [4, 5, 6, 5, 4, 3, 2, 1, 0.5, 0.25],
    "goes up and down": [3, 4, 2, 4, 3, 1, 5, 2, 3, 0.5, 1, 2, 3, 4, 5],
    "creeps down": [1, 0.9375, 0.875, 0.8125, 0.75, 0.6875],
    "creeps up": [1, 1.0625, 1.125, 1.1875, 1.25, 1.3125],
    "is NaN once": [3, NAN, 2, 4, 4, 4, 4, 4, 4],
    "is NaN from the second epoch on": [3, NAN, NAN, NAN, NAN, NAN, NAN],
    "has one epoch": [1],
}


class Model:
    """All that the callback asks of a model; its weights are the number of the epoch that left them."""

    def __init__(self):
        accuracy = keras.metrics.CategoricalAccuracy(name="accuracy")
        self.metrics = [MetricsList([accuracy], output_name=None)]
        self.weights = None
        self.stop_training = False

    def get_weights(self):
        return self.weights

    def set_weights(self, weights):
        self.weights = weights


def run(values, options):
    model, callback = Model(), keras.callbacks.EarlyStopping(**options)
    callback.set_model(model)
    callback.on_train_begin()
    epochs = 0
    for value in values:
        epochs += 1
        model.weights = epochs
        callback.on_epoch_end(epochs - 1, {options["monitor"]: value})
        if model.stop_training:
            break
    callback.on_train_end()
    return epochs, model.weights


def outcomes(values):
    """Rows of monitor, patience, min_delta, restore_best_weights, epochs trained, epoch kept."""
    rows = []
    for monitor in ("val_loss", "val_accuracy", "loss", "accuracy"):
        for patience in (0, 1, 4):
            for min_delta in (0, 0.0625, 0.1, 1):
                for restore in (True, False):
                    choice = (monitor, patience, min_delta, restore)
                    options = dict(zip(("monitor", "patience", "min_delta", "restore_best_weights"), choice))
                    rows.append([*choice, *run(values, options)])
    return rows


cases = {
    name: {"values": [None if math.isnan(v) else v for v in values], "outcomes": outcomes(values)}
    for name, values in SEQUENCES.items()
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "early-stopping.json"), "w") as file:
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(case, separators=(',', ':'))}" for name, case in cases.items())
    file.write(f"{{\n{lines}\n}}\n")
