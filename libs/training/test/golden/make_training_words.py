"""Makes training-words.json: ten training steps of a head in Keras by settings in Thaw's words, from weights and batches by formula.

Usage: python make_training_words.py   (needs tensorflow and keras; formula.py is in test/golden)
"""
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "..", "..", "..", "..", "test", "golden"))
import keras
import numpy as np
from formula import formula_uniform, set_formula_weights

FEATURES, BATCH, CLASSES, HEAD, STEPS = 1280, 8, 4, 16, 10


def batch(step):
    features = formula_uniform(f"features {step}", BATCH * FEATURES).reshape(BATCH, FEATURES)
    classes = np.floor(formula_uniform(f"labels {step}", BATCH) * CLASSES).astype(int)
    return (features * 2 - 1).astype("float32"), np.eye(CLASSES, dtype="float32")[classes]


batches = [batch(step) for step in range(STEPS + 1)]


def network(model):
    units = model.get("head_units", HEAD)
    penalty = model.get("head_l2", 0)
    regularizer = keras.regularizers.L2(penalty) if penalty else None
    inputs = x = keras.Input((FEATURES,))
    hidden = [units] if isinstance(units, int) else units
    for i, count in enumerate(hidden if units != 0 else []):
        name = "dense" if i == 0 else f"dense_{i}"
        x = keras.layers.Dense(count, activation="relu", kernel_regularizer=regularizer, name=name)(x)
        if model.get("head_batch_norm"):
            x = keras.layers.BatchNormalization(name=name.replace("dense", "batch_normalization"))(x)
    if units == 0 and model.get("head_batch_norm"):
        x = keras.layers.BatchNormalization(name="batch_normalization")(x)
    output = keras.layers.Dense(CLASSES, activation="softmax", kernel_regularizer=regularizer, name="predictions")
    return keras.Model(inputs, output(x))


def optimizer(training):
    words = {
        key: training[key]
        for key in ("weight_decay", "momentum", "clipnorm", "global_clipnorm", "clipvalue", "use_ema", "ema_momentum",
                    "gradient_accumulation_steps")
        if key in training
    }
    classes = {
        "adam": keras.optimizers.Adam, "adamw": keras.optimizers.AdamW, "sgd": keras.optimizers.SGD,
        "rmsprop": keras.optimizers.RMSprop, "lion": keras.optimizers.Lion,
    }
    made = classes[training.get("optimizer", "adam")](training["learning_rate"], **words)
    if "weight_decay_exclude" in training:
        made.exclude_from_weight_decay(var_names=training["weight_decay_exclude"])
    return made


def train(training, model={}):
    training = {"learning_rate": 0.001, **training}
    made = network(model)
    set_formula_weights(made)
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=training.get("label_smoothing", 0))
    made.compile(optimizer=optimizer(training), loss=loss)
    weights = training.get("class_weight")
    weights = weights and {int(name): value for name, value in weights.items()}
    losses = []
    for step in range(STEPS):
        made.reset_metrics()
        losses.append(float(made.train_on_batch(*batches[step], class_weight=weights)))
    if training.get("use_ema"):
        made.optimizer.finalize_variable_values(made.trainable_variables)
    kept = {
        f"{layer.name}/{variable.name}": variable.numpy().reshape(-1)[:40].tolist()
        for layer in made.layers
        for variable in layer.weights
    }
    return {
        "settings": {"training": training, "model": model},
        "losses": losses,
        "weights": kept,
        "predictions": made.predict_on_batch(batches[STEPS][0]).tolist(),
    }


# With Adam's and AdamW's usual rates ten steps decay too little to be seen; the decays here are large on purpose.
cases = {
    "adamw, its usual decay": train({"optimizer": "adamw", "learning_rate": 0.01}),
    "adamw": train({"optimizer": "adamw", "weight_decay": 2.0, "learning_rate": 0.01}),
    "adamw, biases excluded": train(
        {"optimizer": "adamw", "weight_decay": 5.0, "weight_decay_exclude": ["bias"], "learning_rate": 0.01}),
    "adamw, a layer excluded": train(
        {"optimizer": "adamw", "weight_decay": 5.0, "weight_decay_exclude": ["^nothing", "predictions/"]}),
    "sgd with decay": train({"optimizer": "sgd", "weight_decay": 1.0, "momentum": 0.9, "learning_rate": 0.01}),
    "rmsprop with decay": train({"optimizer": "rmsprop", "weight_decay": 1.0, "learning_rate": 0.001}),
    "lion": train({"optimizer": "lion", "learning_rate": 0.001}),
    "lion with decay": train({"optimizer": "lion", "weight_decay": 2.0, "learning_rate": 0.003}),
    "clipnorm": train({"optimizer": "sgd", "clipnorm": 0.1, "learning_rate": 0.1}),
    "global_clipnorm": train({"optimizer": "sgd", "global_clipnorm": 0.1, "learning_rate": 0.1}),
    "clipvalue": train({"optimizer": "sgd", "clipvalue": 0.01, "learning_rate": 0.1}),
    "clipnorm with decay": train({"optimizer": "adamw", "clipnorm": 0.05, "weight_decay": 1.0, "learning_rate": 0.01}),
    "label_smoothing": train({"label_smoothing": 0.2}),
    "class_weight": train({"optimizer": "sgd", "learning_rate": 0.05, "class_weight": {"0": 3, "2": 0.25}}),
    "label_smoothing and class_weight": train({"label_smoothing": 0.1, "class_weight": {"1": 4}}),
    "no hidden layer": train({}, {"head_units": 0}),
    "two hidden layers": train({}, {"head_units": [16, 8]}),
    "batch norm in the head": train({"optimizer": "sgd", "learning_rate": 0.05}, {"head_batch_norm": True}),
    "batch norm on the features": train({"learning_rate": 0.01}, {"head_units": 0, "head_batch_norm": True}),
    "batch norm behind two layers": train(
        {"optimizer": "sgd", "learning_rate": 0.05}, {"head_units": [16, 8], "head_batch_norm": True}),
    "l2": train({"optimizer": "sgd", "learning_rate": 0.05}, {"head_l2": 0.01}),
    "l2 and accumulation": train(
        {"optimizer": "sgd", "learning_rate": 0.05, "gradient_accumulation_steps": 2}, {"head_l2": 0.01}),
    "ema": train({"optimizer": "sgd", "learning_rate": 0.1, "use_ema": True, "ema_momentum": 0.8}),
    "ema with batch norm": train(
        {"optimizer": "sgd", "learning_rate": 0.1, "use_ema": True, "ema_momentum": 0.8}, {"head_batch_norm": True}),
    "accumulation": train({"learning_rate": 0.01, "gradient_accumulation_steps": 2}),
    "accumulation with steps left over": train(
        {"optimizer": "sgd", "momentum": 0.9, "learning_rate": 0.05, "gradient_accumulation_steps": 3}),
    "accumulation, clipping and decay": train(
        {"optimizer": "adamw", "learning_rate": 0.01, "weight_decay": 2.0, "weight_decay_exclude": ["bias"],
         "global_clipnorm": 0.1, "gradient_accumulation_steps": 2}),
}
document = {
    "made_with": f"keras {keras.__version__}",
    "features": FEATURES, "batch": BATCH, "classes": CLASSES, "head_units": HEAD, "steps": STEPS,
    "cases": cases,
}
with open(os.path.join(here, "training-words.json"), "w") as file:
    json.dump(document, file, indent=1)
    file.write("\n")
