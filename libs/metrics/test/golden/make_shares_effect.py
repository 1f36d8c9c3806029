"""Makes shares-effect.json: test accuracy with the classes as frequent as among validation images, which is scikit-learn's accuracy
with each test image weighted by the share of its class in validation over that in test.

    pip install scikit-learn numpy
    python make_shares_effect.py
"""

import json

import numpy as np
import sklearn
from sklearn.metrics import accuracy_score, recall_score


def case(name, validation, test, predicted, classes):
    shares = {
        side: np.bincount(labels, minlength=classes) / len(labels)
        for side, labels in [("validation", validation), ("test", test)]
    }
    weights = (shares["validation"] / np.maximum(shares["test"], 1e-300))[test]
    return {
        "name": name,
        "classes": classes,
        "validation": validation.tolist(),
        "test": test.tolist(),
        "predicted": predicted.tolist(),
        "recall": recall_score(test, predicted, average=None, labels=range(classes)).tolist(),
        "accuracy": accuracy_score(test, predicted),
        "at_validation_shares": accuracy_score(test, predicted, sample_weight=weights),
    }


def drawn(name, rng, of_validation, of_test, recalls):
    classes = len(recalls)
    validation = rng.choice(classes, size=120, p=of_validation)
    test = rng.choice(classes, size=90, p=of_test)
    right = rng.random(len(test)) < np.asarray(recalls)[test]
    predicted = np.where(right, test, (test + 1 + rng.integers(classes - 1, size=len(test))) % classes)
    return case(name, validation, test, predicted, classes)


rng = np.random.default_rng(15)
cases = [
    case(
        "two classes, by hand",
        np.repeat([0, 1], [8, 2]),
        np.repeat([0, 1], [4, 6]),
        np.array([0, 0, 0, 0, 1, 1, 0, 0, 0, 0]),
        2,
    ),
    drawn("four classes", rng, [0.4, 0.3, 0.2, 0.1], [0.1, 0.2, 0.3, 0.4], [0.9, 0.7, 0.5, 0.3]),
    drawn("the same shares in the long run", rng, [1 / 3] * 3, [1 / 3] * 3, [0.8, 0.6, 0.4]),
    drawn("a class that validation lacks", rng, [0.5, 0.5, 0], [0.3, 0.3, 0.4], [0.9, 0.6, 0.2]),
]
with open("shares-effect.json", "w") as file:
    json.dump({"scikit-learn": sklearn.__version__, "numpy": np.__version__, "cases": cases}, file)
