"""Makes calibration.json: Brier score and negative log-likelihood of scikit-learn, and the expected calibration error of
Guo et al. (2017, their published code) written out with NumPy.

    pip install scikit-learn numpy
    python make_calibration.py
"""

import json
import warnings

import numpy as np
import sklearn
from sklearn.metrics import brier_score_loss, log_loss

BINS = 15


def expected_calibration_error(labels, probabilities):
    edges = np.arange(BINS + 1) / BINS
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    error = 0.0
    for lower, upper in zip(edges[:-1], edges[1:]):
        inside = (confidence > lower) & (confidence <= upper)
        if inside.any():
            error += abs(right[inside].mean() - confidence[inside].mean()) * inside.mean()
    return error


def softmax(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def case(name, labels, probabilities):
    labels = np.asarray(labels)
    probabilities = np.asarray(probabilities, dtype=np.float64)
    classes = list(range(probabilities.shape[1]))
    # Two columns are two classes: scikit-learn wants the second alone there.
    given = probabilities[:, 1] if len(classes) == 2 else probabilities
    return {
        "name": name,
        "labels": labels.tolist(),
        "probabilities": probabilities.tolist(),
        "ece": expected_calibration_error(labels, probabilities),
        "brier": brier_score_loss(labels, given, labels=classes),
        "nll": log_loss(labels, probabilities, labels=classes),
    }


rng = np.random.default_rng(20)
four = softmax(rng.normal(0, 2, (60, 4)))
two = softmax(rng.normal(0, 1.5, (40, 2)))
floats = softmax(rng.normal(0, 30, (30, 3))).astype(np.float32)
ties = [[0.25, 0.25, 0.25, 0.25], [0.5, 0.5, 0, 0], [0.4, 0.2, 0.4, 0], [0, 0, 0.5, 0.5]]
exact = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]]
edges = [[k / BINS, 1 - k / BINS] for k in range(BINS + 1)]

with warnings.catch_warnings():
    # float32 rows do not add up to 1 in every digit.
    warnings.simplefilter("ignore")
    cases = [
        case("four classes", rng.integers(0, 4, 60), four),
        case("two classes", rng.integers(0, 2, 40), two),
        case("float32 softmax, very sure", rng.integers(0, 3, 30), floats),
        case("ties", [3, 1, 2, 2], ties),
        case("exactly 0 and 1, all right", [0, 1, 2, 0], exact),
        case("exactly 0 and 1, some wrong", [0, 2, 2, 1], exact),
        case("on the edges of bins", [k % 2 for k in range(BINS + 1)], edges),
        case("a class without images", [0, 0, 2], [[0.7, 0.2, 0.1], [0.1, 0.1, 0.8], [0.3, 0.3, 0.4]]),
        case("one image", [1], [[0.3, 0.7]]),
    ]

with open("calibration.json", "w") as file:
    json.dump({"scikit-learn": sklearn.__version__, "numpy": np.__version__, "cases": cases}, file)
