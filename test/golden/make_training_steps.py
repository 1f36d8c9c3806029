"""Makes training-steps.json: losses of ten training steps in Keras from weights and batches that formula.py gives.

Usage: python make_training_steps.py   (needs tensorflow and keras)
"""
import json
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np
from formula import formula_uniform, set_formula_weights

ALPHA, SIZE, BATCH, CLASSES, HEAD, STEPS = 0.35, 64, 8, 4, 16, 10


def batch(step, size=SIZE):
    pixels = formula_uniform(f"images {step}", BATCH * size * size * 3).reshape(BATCH, size, size, 3)
    classes = np.floor(formula_uniform(f"labels {step}", BATCH) * CLASSES).astype(int)
    return (pixels * 2 - 1).astype("float32"), np.eye(CLASSES, dtype="float32")[classes]


def network():
    base = keras.applications.MobileNetV2(
        input_shape=(SIZE, SIZE, 3), alpha=ALPHA, include_top=False, weights=None, pooling="avg"
    )
    hidden = keras.layers.Dense(HEAD, activation="relu", name="dense")(base.output)
    output = keras.layers.Dense(CLASSES, activation="softmax", name="predictions")(hidden)
    return keras.Model(base.input, output)


initial = network()
set_formula_weights(initial)
batches = [batch(step) for step in range(STEPS + 1)]


def train(train_from, batch_norm, optimizer):
    model = network()
    model.set_weights(initial.get_weights())
    on = train_from is None
    for layer in model.layers:
        on = on or layer.name.startswith(train_from)
        frozen = batch_norm == "frozen" and isinstance(layer, keras.layers.BatchNormalization)
        layer.trainable = on and not frozen
    model.compile(optimizer=optimizer, loss="categorical_crossentropy")
    losses = []
    for step in range(STEPS):
        model.reset_metrics()
        losses.append(float(model.train_on_batch(*batches[step])))
    moving = model.get_layer("Conv_1_bn").moving_variance
    return {
        "losses": losses,
        "predictions": model.predict_on_batch(batches[STEPS][0]).tolist(),
        "Conv_1_bn/moving_variance": moving.numpy()[:8].tolist(),
    }


def adam(rate=1e-3, epsilon=1e-7):
    return keras.optimizers.Adam(rate, epsilon=epsilon)


# Batch norm makes many true gradients zero, and Adam with its tiny epsilon turns their rounding errors into full steps.
calm = 1e-3
cases = {
    "feature_extraction": train("dense", "trainable", adam()),
    "partial_unfreeze, frozen batch norm": train("block_14_", "frozen", adam()),
    "partial_unfreeze, training batch norm": train("block_14_", "trainable", adam(epsilon=calm)),
    "full_fine_tune": train(None, "trainable", adam(3e-5, epsilon=calm)),
    "full_fine_tune, frozen batch norm": train(None, "frozen", adam(1e-4)),
    "sgd": train("dense", "trainable", keras.optimizers.SGD(0.01)),
    "sgd with momentum": train("dense", "trainable", keras.optimizers.SGD(0.01, momentum=0.9)),
    "sgd with nesterov": train("dense", "trainable", keras.optimizers.SGD(0.01, momentum=0.9, nesterov=True)),
    "rmsprop": train("dense", "trainable", keras.optimizers.RMSprop(1e-3)),
    "rmsprop with momentum": train("dense", "trainable", keras.optimizers.RMSprop(1e-3, momentum=0.9)),
}
document = {
    "made_with": f"keras {keras.__version__}",
    "alpha": ALPHA, "image_size": SIZE, "batch": BATCH, "classes": CLASSES, "head_units": HEAD, "steps": STEPS,
    "cases": cases,
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "training-steps.json"), "w") as file:
    json.dump(document, file, indent=1)
    file.write("\n")
