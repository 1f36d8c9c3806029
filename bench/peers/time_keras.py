"""Times a step of fine-tuning MobileNetV2 with Keras, as a notebook does it, for `npx nx run bench`.

Prints JSON lines: {"train_ms": ms an image, "validation_ms": ms an image} for each round, after one warm-up round that is
not printed. --source files reads images from DIR/TRAIN with ImageDataGenerator and validation_split=0.2; --source memory
feeds random pixels, so that only the train step is timed and validation_ms is null. Needs: pip install tensorflow-cpu pillow scipy
"""
import argparse
import json
import os
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf

parser = argparse.ArgumentParser()
parser.add_argument("--source", choices=["files", "memory"], required=True)
parser.add_argument("--data", help="folder with TRAIN/<class>/ images, for --source files")
parser.add_argument("--classes", type=int, default=4)
parser.add_argument("--alpha", type=float, default=1.0)
parser.add_argument("--size", type=int, default=224)
parser.add_argument("--head-units", type=int, default=128)
parser.add_argument("--trainable-from", default="head", help="head, a layer's name, or all")
parser.add_argument("--augment", action="store_true", help="turn, shift, mirror and brighten images that train, for --source files")
parser.add_argument("--batch-size", type=int, default=32)
parser.add_argument("--steps", type=int, default=10, help="batches a round")
parser.add_argument("--rounds", type=int, default=3)
args = parser.parse_args()

tf.keras.utils.set_random_seed(42)
backbone = tf.keras.applications.MobileNetV2(
    input_shape=(args.size, args.size, 3), alpha=args.alpha, include_top=False, weights=None, pooling="avg"
)
trains = args.trainable_from == "all"
for layer in backbone.layers:
    trains = trains or layer.name.startswith(args.trainable_from)
    layer.trainable = trains
hidden = tf.keras.layers.Dense(args.head_units, activation="relu")(backbone.output)
output = tf.keras.layers.Dense(args.classes, activation="softmax")(hidden)
model = tf.keras.Model(backbone.input, output)
model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])

if args.source == "files":
    views = dict(
        rotation_range=20,
        width_shift_range=0.1,
        height_shift_range=0.1,
        horizontal_flip=True,
        brightness_range=[0.9, 1.1],
    )
    reading = dict(
        preprocessing_function=tf.keras.applications.mobilenet_v2.preprocess_input, validation_split=0.2
    )
    plain = tf.keras.preprocessing.image.ImageDataGenerator(**reading)
    generator = tf.keras.preprocessing.image.ImageDataGenerator(**reading, **views) if args.augment else plain
    flow = dict(
        directory=os.path.join(args.data, "TRAIN"),
        target_size=(args.size, args.size),
        class_mode="categorical",
        batch_size=args.batch_size,
    )
    training = generator.flow_from_directory(subset="training", seed=42, **flow)
    validation = plain.flow_from_directory(subset="validation", shuffle=False, **flow)
else:
    random = np.random.default_rng(0)
    count = args.batch_size * args.steps
    pixels = random.uniform(-1, 1, (count, args.size, args.size, 3)).astype("float32")
    labels = np.eye(args.classes, dtype="float32")[random.integers(0, args.classes, count)]


def fit():
    if args.source == "files":
        model.fit(training, steps_per_epoch=args.steps, epochs=1, verbose=0)
    else:
        model.fit(pixels, labels, batch_size=args.batch_size, epochs=1, verbose=0)


def evaluate():
    model.evaluate(validation, steps=args.steps, verbose=0)


def milliseconds_an_image(work):
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000 / (args.steps * args.batch_size)


from_files = args.source == "files"
fit()
if from_files:
    evaluate()
for _ in range(args.rounds):
    train_ms = milliseconds_an_image(fit)
    validation_ms = milliseconds_an_image(evaluate) if from_files else None
    print(json.dumps({"train_ms": train_ms, "validation_ms": validation_ms}), flush=True)
