"""Writes cross-entropy.json: the loss that Keras's evaluate reports for a model that ends in a softmax.

    python libs/metrics/test/golden/make_cross_entropy.py

Needs Keras 3 on TensorFlow. Logits are drawn with a seed; the probabilities are the model's own float32 outputs.
"""

import json
from pathlib import Path

import keras
import numpy as np

SCALES = {"unsure": 0.1, "usual": 2.0, "certain, right or wrong": 12.0, "beyond the clip at 1e-7": 25.0}


def main():
    generator = np.random.default_rng(11)
    model = keras.Sequential([keras.layers.Input((4,)), keras.layers.Activation("softmax")])
    model.compile(loss="categorical_crossentropy")
    cases = []
    for name, scale in SCALES.items():
        logits = (generator.normal(size=(12, 4)) * scale).astype("float32")
        labels = generator.integers(4, size=12)
        loss = model.evaluate(logits, np.eye(4, dtype="float32")[labels], batch_size=12, verbose=0)
        probabilities = model.predict(logits, verbose=0)
        cases.append(
            {
                "name": name,
                "labels": labels.tolist(),
                "probabilities": [[float(value) for value in row] for row in probabilities],
                "loss": float(loss),
            }
        )
    target = Path(__file__).with_name("cross-entropy.json")
    target.write_text(json.dumps({"source": f"Keras {keras.__version__}", "cases": cases}, indent=1) + "\n")


main()
