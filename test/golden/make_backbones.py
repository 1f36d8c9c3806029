"""Makes backbones.json: what Keras computes with each backbone of Thaw, weights and images by formula.py.

Usage: python make_backbones.py [name ...]   (needs tensorflow and keras; names remake these alone)

Per backbone: its weights' shapes in order as a hash, how many shortcuts it has, features of two images, losses of ten training steps by scenario, and the
largest gradients in float64 of the network cut short. EfficientNet is built without dropping residual branches, which is random.
"""
import hashlib
import json
import math
import os
import re
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# With oneDNN TensorFlow 2.21 dies of a division by zero in DenseNet121's `predict` on some processors.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import keras
import numpy as np
import tensorflow as tf
from formula import formula_uniform, formula_weight, weight_name
from keras import applications
from keras.src.applications.efficientnet import EfficientNet

CLASSES, HEAD, STEPS, VALUES = 4, 16, 10, 8
# Of few values batch norm makes much of the last digits.
BATCH, TRAINING_BATCH = 4, 8


def usual(size):
    return {"input_shape": (size, size, 3), "include_top": False, "weights": None, "pooling": "avg"}


def efficientnet(width, depth, name):
    return lambda size: EfficientNet(
        width, depth, size, drop_connect_rate=0.0, name=name, **usual(size),
    )


# By Thaw's name, with an alpha behind it other than 1: how Keras builds it, the size of the images for features, and for training where the four scenarios are trained:
# the size, the block from which partial_unfreeze trains, where the network of the gradients ends, and its size.
BACKBONES = {
    "resnet50": (lambda size: applications.ResNet50(**usual(size)), 40, (40, "conv5_block3", "conv3_block1_out", 40)),
    "densenet121": (lambda size: applications.DenseNet121(**usual(size)), 64, (64, "conv5_block12", "conv3_block1_concat", 32)),
    "mobilenet_v3_small": (
        lambda size: applications.MobileNetV3Small(**usual(size)), 64, (48, "expanded_conv_9", "expanded_conv_5_add", 48),
    ),
    "mobilenet_v3_small_minimalistic": (lambda size: applications.MobileNetV3Small(minimalistic=True, **usual(size)), 32, None),
    "mobilenet_v3_large": (
        lambda size: applications.MobileNetV3Large(**usual(size)), 32, (48, "expanded_conv_12", "expanded_conv_5_add", 48),
    ),
    # Rounded channels make other shortcuts than plain ones: one more of the small at 0.35 and of the large at 0.75.
    **{
        f"mobilenet_v3_{form} {alpha}": (
            lambda size, make=make, alpha=alpha: make(alpha=alpha, **usual(size)), 32, None,
        )
        for form, make in [("small", applications.MobileNetV3Small), ("large", applications.MobileNetV3Large)]
        for alpha in [0.75, 0.35]
    },
    "mobilenet_v3_large_minimalistic": (lambda size: applications.MobileNetV3Large(minimalistic=True, **usual(size)), 32, None),
    "efficientnet_b0": (efficientnet(1.0, 1.0, "efficientnetb0"), 64, (48, "block6d", "block3b_add", 48)),
    "efficientnet_b1": (efficientnet(1.0, 1.1, "efficientnetb1"), 32, None),
    "efficientnet_b2": (efficientnet(1.1, 1.2, "efficientnetb2"), 32, None),
    "efficientnet_b3": (efficientnet(1.2, 1.4, "efficientnetb3"), 32, None),
}
# Weights by formula, which several networks share.
FORMULA = {}


def scale(base, name):
    """Factors, powers of two, that keep what layers compute near 1 where batch norm has moving averages by formula."""
    if name == "normalization/variance":
        # A variance of 0.8 and more would leave little of an image in 0..1.
        return 1 / 8
    if base == "resnet50" and name == "conv1_bn/moving_variance":
        # Its input is up to 152 from zero, with a deviation of some 2**6.
        return 2**12
    if re.search(r"_block\d+_3_bn/gamma$", name):
        # Branches of ResNet50 that are as large as what they are added to would double it sixteen times.
        return 1 / 4
    return 1


def weight(base, layer, variable):
    name, shape = weight_name(layer, variable), tuple(variable.shape)
    if name.endswith("/count"):
        return np.zeros(shape)
    if (base, name, shape) not in FORMULA:
        # By its name alone, the variance of the input could be negative.
        positive = name.replace("normalization/variance", "normalization/moving_variance")
        FORMULA[base, name, shape] = formula_weight(positive, shape) * np.float32(scale(base, name))
    return FORMULA[base, name, shape]


def set_weights(base, model):
    for layer in model.layers:
        layer.set_weights([weight(base.name, layer, v) for v in layer.weights])
        if isinstance(layer, keras.layers.Normalization):
            layer.finalize_state()  # It computes with copies that `set_weights` leaves alone.


def pixels(base, name, batch, size):
    values = formula_uniform(name, batch * size * size * 3).reshape(batch, size, size, 3)
    images = np.floor(values * 256).astype("float32")
    prepare = {"resnet50": applications.resnet, "densenet121": applications.densenet}.get(base.name)
    # The others scale their input themselves.
    return prepare.preprocess_input(images) if prepare else images


def shapes(model):
    lines = [
        f"{weight_name(layer, v)} {'x'.join(map(str, v.shape))}"
        for layer in model.layers
        for v in layer.weights
        if not v.name.endswith("count")
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def shortcuts(model):
    return sum(isinstance(layer, keras.layers.Add) for layer in model.layers)


def classifier(base, features):
    hidden = keras.layers.Dense(HEAD, activation="relu", name="dense")(features)
    return keras.Model(base.input, keras.layers.Dense(CLASSES, activation="softmax", name="predictions")(hidden))


def train(build, size, train_from):
    keras.backend.clear_session()
    base = build(size)
    model = classifier(base, base.output)
    set_weights(base, model)
    on = train_from is None
    for layer in model.layers:
        on = on or layer.name.startswith(train_from)
        layer.trainable = on
    # Batch norm makes many true gradients zero, and Adam with its tiny epsilon turns their rounding errors into full steps.
    rate = {None: 3e-5, "dense": 1e-3}.get(train_from, 3e-4)
    model.compile(optimizer=keras.optimizers.Adam(rate, epsilon=1e-3), loss="categorical_crossentropy")
    losses = []
    for step in range(STEPS):
        classes = np.floor(formula_uniform(f"labels {step}", TRAINING_BATCH) * CLASSES).astype(int)
        model.reset_metrics()
        losses.append(float(model.train_on_batch(pixels(base, f"images {step}", TRAINING_BATCH, size), np.eye(CLASSES)[classes])))
    return losses


def gradients(build, size, last, frozen):
    keras.config.set_floatx("float64")
    keras.backend.clear_session()
    base = build(size)
    model = classifier(base, keras.layers.GlobalAveragePooling2D()(base.get_layer(last).output))
    set_weights(base, model)
    for layer in model.layers:
        layer.trainable = not (frozen and isinstance(layer, keras.layers.BatchNormalization))
    images = pixels(base, "images", BATCH, size).astype("float64")
    labels = np.eye(CLASSES)[np.arange(BATCH) % CLASSES]
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(-tf.reduce_sum(labels * tf.math.log(model(images, training=True)), axis=1))
    owners = {id(v): layer for layer in model.layers for v in layer.weights}
    result = {}
    for variable, gradient in zip(model.trainable_variables, tape.gradient(loss, model.trainable_variables)):
        flat = gradient.numpy().ravel()
        step = max(1, flat.size // VALUES)
        values = [float(f"{value:.9g}") for value in flat[::step]]
        result[weight_name(owners[id(variable)], variable)] = [float(np.abs(flat).max()), step, *values]
    keras.config.set_floatx("float32")
    return result


def document(name):
    build, size, training = BACKBONES[name]
    keras.backend.clear_session()
    base = build(size)
    set_weights(base, base)
    features = base.predict(pixels(base, "images", 2, size), verbose=0)
    step = math.ceil(features.size / 64)
    golden = {
        "shapes": shapes(base),
        "parameters": base.count_params(),
        "shortcuts": shortcuts(base),
        "size": size,
        "step": step,
        "features": [float(f"{value:.7g}") for value in features.ravel()[::step]],
    }
    if training:
        size, block, last, gradient_size = training
        golden["training"] = {
            "size": size,
            "unfreeze_from": block,
            "losses": {
                "feature_extraction": train(build, size, "dense"),
                "partial_unfreeze": train(build, size, f"{block}_"),
                "full_fine_tune": train(build, size, None),
            },
            "gradients": {
                "size": gradient_size,
                "last_layer": last,
                "trainable": gradients(build, gradient_size, last, False),
                "frozen": gradients(build, gradient_size, last, True),
            },
        }
    return golden


path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "backbones.json")
for name in sys.argv[1:] or BACKBONES:
    print(name, flush=True)
    made = document(name)
    known = json.load(open(path))["backbones"] if os.path.exists(path) else {}
    known[name] = made
    constants = {
        "made_with": f"keras {keras.__version__}", "classes": CLASSES, "head_units": HEAD,
        "batch": BATCH, "training_batch": TRAINING_BATCH,
    }
    rows = ",\n".join(f"{json.dumps(key)}: {json.dumps(known[key])}" for key in BACKBONES if key in known)
    with open(path, "w") as file:
        file.write(f"{json.dumps(constants)[:-1]}, \"backbones\": {{\n{rows}\n}}}}\n")
