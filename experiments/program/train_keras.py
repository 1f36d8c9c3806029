"""Cells of three kinds, made up: five views of each of 150 photographs, all views of one on the same side of the split."""
import argparse, os
import keras, numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("--learning_rate", type=float, default=0.01)
parser.add_argument("--units", type=int, default=16)
parser.add_argument("--dropout", type=float, default=0.0)
args = parser.parse_args()

classes, random = ["basophil", "eosinophil", "neutrophil"], np.random.default_rng(1)
label, photograph = random.integers(0, 3, 150).repeat(5), np.arange(150).repeat(5)
x = 0.4 * random.normal(size=(3, 64))[label] + random.normal(size=(150, 64))[photograph] + 0.3 * random.normal(size=(750, 64))
split = np.array(["train", "validation", "test"])[np.digitize(photograph, [90, 120])]
train, validation = ((x[split == part], label[split == part]) for part in ("train", "validation"))

keras.utils.set_random_seed(1)
layers = [keras.layers.Dense(args.units, "relu"), keras.layers.Dropout(args.dropout), keras.layers.Dense(3, "softmax")]
model = keras.Sequential(layers)
model.compile(keras.optimizers.Adam(args.learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
report = lambda epoch, logs: print("thaw", f"step={epoch + 1}", *(f"{name}={value}" for name, value in logs.items()))
model.fit(*train, epochs=30, verbose=0, validation_data=validation, callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=report)])

with open(os.path.join(os.environ.get("THAW_OUTPUT_DIR", "."), "predictions.csv"), "w") as file:
    print("file", "split", "label", "group", *classes, sep=",", file=file)
    for i, p in zip(np.flatnonzero(split != "train"), model.predict(x[split != "train"], verbose=0)):
        print(f"view-{i}.png", split[i], classes[label[i]], f"photograph-{photograph[i]}", *p, sep=",", file=file)
