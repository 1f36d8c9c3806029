"""Makes metrics.json: log loss, accuracy, balanced accuracy, macro F1 and AUC (one against the rest, macro) of scikit-learn.
What is not a number is null. The expected calibration error is in calibration.json.

    pip install scikit-learn numpy
    python make_metrics.py
"""

import json
import math
import warnings

import numpy as np
import sklearn
from sklearn.metrics import accuracy_score, balanced_accuracy_score, f1_score, log_loss, roc_auc_score


def softmax(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def auc(labels, probabilities):
    classes = list(range(probabilities.shape[1]))
    if len(classes) == 2:
        return roc_auc_score(labels, probabilities[:, 1])
    return roc_auc_score(labels, probabilities, multi_class="ovr", average="macro", labels=classes)


def case(name, labels, probabilities):
    labels = np.asarray(labels)
    probabilities = np.asarray(probabilities, dtype=np.float64)
    predicted = probabilities.argmax(axis=1)
    values = {
        "loss": log_loss(labels, probabilities, labels=list(range(probabilities.shape[1]))),
        "accuracy": accuracy_score(labels, predicted),
        "balanced_accuracy": balanced_accuracy_score(labels, predicted),
        "macro_f1": f1_score(labels, predicted, average="macro"),
        "auc": auc(labels, probabilities),
    }
    return {
        "name": name,
        "labels": labels.tolist(),
        "probabilities": probabilities.tolist(),
        "values": {key: None if math.isnan(value) else float(value) for key, value in values.items()},
    }


def sure(predicted, classes):
    """Rows that are rather sure of these classes."""
    return np.where(np.eye(classes)[predicted] == 1, 0.7, 0.3 / (classes - 1))


rng = np.random.default_rng(22)


def drawn(images, classes, skill):
    labels = rng.integers(0, classes, images)
    logits = rng.normal(0, 1.5, (images, classes))
    logits[np.arange(images), labels] += skill
    return labels, softmax(logits)


coarse_labels, coarse = drawn(80, 4, 1)
coarse = np.round(coarse * 4) + 1
skewed = rng.choice(5, 200, p=[0.7, 0.15, 0.1, 0.03, 0.02])
skewed[:5] = range(5)

with warnings.catch_warnings():
    # What is not defined is a warning there, and not a number.
    warnings.simplefilter("ignore")
    cases = [
        case("four classes", *drawn(120, 4, 1.5)),
        case("ten classes of few images", *drawn(60, 10, 2)),
        case("two classes", *drawn(50, 2, 1)),
        case("unequal classes", skewed, softmax(rng.normal(0, 2, (200, 5)))),
        case("many ties", coarse_labels, coarse / coarse.sum(axis=1, keepdims=True)),
        case("all rows alike", [0, 1, 2, 1], [[0.5, 0.25, 0.25]] * 4),
        case("all right", [0, 1, 2, 2], sure([0, 1, 2, 2], 3)),
        case("all wrong", [0, 1, 2, 2], sure([1, 2, 0, 1], 3)),
        case("a class that is only predicted", [0, 0, 1], sure([0, 2, 1], 3)),
        case("a class in neither", [0, 0, 1, 3], sure([0, 3, 1, 3], 4)),
        case("a class that is never predicted", [0, 1, 2, 2, 1, 0], sure([0, 1, 1, 0, 1, 0], 3)),
        case("images of one class alone", [1, 1, 1], sure([1, 0, 1], 3)),
        case("images of one class of two", [0, 0, 0], sure([0, 0, 1], 2)),
        case("one image", [1], [[0.3, 0.7]]),
    ]

with open("metrics.json", "w") as file:
    json.dump({"scikit-learn": sklearn.__version__, "numpy": np.__version__, "cases": cases}, file)
