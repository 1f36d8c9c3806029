"""Times a network of keras.applications, for `npx tsx bench/backbones.ts`: features, or a training step of every layer.

Prints one line of JSON: of each batch, milliseconds an image by the clock and of all processors, and the most memory that the process
took. Weights are random, images come from memory; two batches before are not counted. Needs: pip install tensorflow-cpu
"""
import argparse
import json
import os
import resource
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("--network", required=True, help="its name in keras.applications, and flags: NAME, FLAG")
parser.add_argument("--work", choices=["features", "step"], required=True)
parser.add_argument("--size", type=int, default=224)
parser.add_argument("--batch", type=int, default=16)
parser.add_argument("--batches", type=int, default=4)
args = parser.parse_args()

CLASSES, WARM_UP = 4, 2
keras.utils.set_random_seed(42)
shape = (args.size, args.size, 3)
name, *flags = args.network.split(", ")
build = getattr(keras.applications, name)
base = build(input_shape=shape, include_top=False, weights=None, pooling="avg", **dict.fromkeys(flags, True))
hidden = keras.layers.Dense(128, activation="relu")(base.output)
model = keras.Model(base.input, keras.layers.Dense(CLASSES, activation="softmax")(hidden))
model.compile(optimizer="adam", loss="categorical_crossentropy")
random = np.random.default_rng(0)
images = random.uniform(-1, 1, (args.batch, *shape)).astype("float32")
labels = np.eye(CLASSES, dtype="float32")[random.integers(0, CLASSES, args.batch)]


def run():
    if args.work == "features":
        base.predict_on_batch(images)
    else:
        model.train_on_batch(images, labels)


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


clock, cpu = [], []
for done in range(WARM_UP + args.batches):
    start, used = time.perf_counter(), cpu_seconds()
    run()
    if done >= WARM_UP:
        clock.append((time.perf_counter() - start) * 1000 / args.batch)
        cpu.append((cpu_seconds() - used) * 1000 / args.batch)
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"milliseconds": clock, "cpuMilliseconds": cpu, "peakMemoryBytes": memory}))
