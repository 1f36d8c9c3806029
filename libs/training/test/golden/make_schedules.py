"""Makes schedules.json: learning rates that Keras's schedules and ReduceLROnPlateau give, batch by batch and epoch by epoch.

Usage: python make_schedules.py   (needs tensorflow and keras)
"""
import json
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np

BATCHES = 4  # an epoch


def values(schedule, steps):
    return [float(schedule(step)) for step in range(steps)]


def scheduled(epochs, learning_rate, words, schedule):
    return {
        "epochs": epochs, "learning_rate": learning_rate, "schedule": words,
        "rates": values(schedule, epochs * BATCHES),
    }


def plateau(learning_rate, history, monitor="val_loss", **words):
    """The rate of every epoch; the history's values are those at the epochs' ends."""
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    mode = "max" if monitor.endswith("accuracy") else "min"
    callback = keras.callbacks.ReduceLROnPlateau(monitor=monitor, mode=mode, **words)
    callback.set_model(model)
    callback.on_train_begin()
    rates = []
    for epoch, value in enumerate(history):
        rates.append(float(np.asarray(model.optimizer.learning_rate)))
        callback.on_epoch_end(epoch, {monitor: value})
    return {
        "learning_rate": learning_rate, "history": history, "rates": rates,
        "schedule": {"type": "reduce_on_plateau", "monitor": monitor, **words},
    }


decays = keras.optimizers.schedules
document = {
    "made_with": f"keras {keras.__version__}",
    "batches": BATCHES,
    "schedules": {
        "cosine": scheduled(5, 0.01, {"type": "cosine"}, decays.CosineDecay(0.01, 20)),
        "cosine with a floor": scheduled(5, 0.01, {"type": "cosine", "alpha": 0.1}, decays.CosineDecay(0.01, 20, alpha=0.1)),
        "cosine that is over before training": scheduled(
            5, 0.3, {"type": "cosine", "decay_epochs": 3, "alpha": 0.05}, decays.CosineDecay(0.3, 12, alpha=0.05)),
        "cosine with warm-up": scheduled(
            6, 0.01, {"type": "cosine", "warmup_epochs": 2},
            decays.CosineDecay(0.0, 16, warmup_target=0.01, warmup_steps=8)),
        "cosine with half an epoch of warm-up from a rate": scheduled(
            4, 1, {"type": "cosine", "warmup_epochs": 0.5, "initial_learning_rate": 0.1, "decay_epochs": 2.5, "alpha": 0.1},
            decays.CosineDecay(0.1, 10, alpha=0.1, warmup_target=1, warmup_steps=2)),
        "exponential": scheduled(
            5, 0.02, {"type": "exponential", "decay_epochs": 2, "decay_rate": 0.5}, decays.ExponentialDecay(0.02, 8, 0.5)),
        "exponential, staircase": scheduled(
            5, 0.02, {"type": "exponential", "decay_epochs": 1.5, "decay_rate": 0.5, "staircase": True},
            decays.ExponentialDecay(0.02, 6, 0.5, staircase=True)),
        "step": scheduled(
            7, 0.02, {"type": "step", "decay_epochs": 3, "decay_rate": 0.1},
            decays.PiecewiseConstantDecay([11, 23], [0.02, 0.002, 0.0002])),
    },
    "plateaus": {
        "usual words": plateau(0.01, [1.0] + [0.9] * 26),
        "patience": plateau(1.0, [1, 0.5, 0.5, 0.5, 0.4, 0.5, 0.5, 0.5, 0.5], patience=2, factor=0.5),
        "an improvement of min_delta is none": plateau(
            1.0, [1.0, 0.75, 0.75, 0.4, 0.4, 0.3], patience=1, factor=0.5, min_delta=0.25),
        "cooldown of one is none": plateau(1.0, [1.0] * 8, patience=1, factor=0.5, cooldown=1),
        "cooldown": plateau(1.0, [1.0] * 14, patience=2, factor=0.5, cooldown=3),
        "improvement while cooling": plateau(
            1.0, [1, 1, 1, 0.5, 0.6, 0.6, 0.6, 0.4, 0.6, 0.6, 0.6, 0.6], patience=2, factor=0.5, cooldown=2),
        "min_lr": plateau(1.0, [1.0] * 9, patience=1, factor=0.3, min_lr=0.05),
        "an accuracy rises": plateau(
            1.0, [0.1, 0.5, 0.4, 0.5, 0.6, 0.6, 0.6], monitor="val_accuracy", patience=1, factor=0.1, min_delta=0.05),
        "infinity first": plateau(1.0, [float("inf"), 0.5, 0.6, 0.6, 0.6], patience=2, factor=0.5),
    },
}
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "schedules.json")
with open(path, "w") as file:
    # JSON has no infinity: a word stands for it.
    json.dump(document, file, indent=1, allow_nan=True)
    file.write("\n")
text = open(path).read().replace("Infinity", '"Infinity"')
open(path, "w").write(text)
