"""Writes classification-report.json: scikit-learn's classification_report and confusion_matrix of small cases.

    python libs/metrics/test/golden/make_classification_report.py

Needs scikit-learn 1.9. The labels of every report are fixed to all classes. Scores are [precision, recall, f1, support];
NaN is written as null.
"""

import json
import math
import random
import warnings
from pathlib import Path

import sklearn
from sklearn.metrics import classification_report, confusion_matrix

ZERO_DIVISIONS = {"0": 0, "1": 1, "nan": math.nan}


def edge_cases():
    yield "perfect", 3, [0, 1, 2, 2], [0, 1, 2, 2]
    yield "all wrong", 2, [0, 0, 1], [1, 1, 0]
    yield "one sample, right", 4, [2], [2]
    yield "one sample, wrong", 4, [2], [0]
    yield "a single class", 1, [0, 0, 0], [0, 0, 0]
    yield "precision undefined: a class that is never predicted", 3, [0, 1, 2, 0], [0, 1, 1, 0]
    yield "recall undefined: a class without samples", 3, [0, 1, 0, 1], [0, 1, 2, 1]
    yield "all three undefined: a class in neither", 3, [0, 1, 0, 1], [0, 1, 1, 1]
    yield "one class predicted for all", 4, [0, 1, 2, 3, 0, 1], [1, 1, 1, 1, 1, 1]
    yield "one class in the labels", 4, [3, 3, 3, 3], [0, 1, 2, 3]
    yield "labels and predictions share no class", 4, [0, 0, 1], [2, 3, 3]
    yield "each score undefined in some class, none right", 3, [0, 0], [1, 1]
    yield "only the first of many classes present", 6, [0, 0], [0, 0]
    yield "the first and the last class absent", 5, [1, 2, 3, 1], [1, 3, 3, 2]
    yield "imbalanced, the small class missed", 2, [0] * 19 + [1], [0] * 20
    yield "imbalanced, the small class found", 2, [0] * 19 + [1], [0] * 18 + [1, 1]


def random_cases():
    generator = random.Random(20)
    for number in range(26):
        classes = generator.randint(2, 7)
        samples = generator.randint(1, 40)
        present = generator.sample(range(classes), generator.randint(1, classes))
        weights = [generator.random() ** 3 + 0.01 for _ in present]
        skill = generator.random()
        labels = generator.choices(present, weights, k=samples)
        predictions = [
            label if generator.random() < skill else generator.randrange(classes) for label in labels
        ]
        yield f"random {number}", classes, labels, predictions


def scores(row):
    return [
        None if math.isnan(row[name]) else row[name] for name in ("precision", "recall", "f1-score", "support")
    ]


def report(classes, labels, predictions, zero_division):
    names = [f"class {index}" for index in range(classes)]
    made = classification_report(
        labels,
        predictions,
        labels=range(classes),
        target_names=names,
        output_dict=True,
        zero_division=zero_division,
    )
    return {
        "per_class": [scores(made[name]) for name in names],
        "accuracy": made["accuracy"],
        "macro": scores(made["macro avg"]),
        "weighted": scores(made["weighted avg"]),
    }


def main():
    warnings.simplefilter("ignore")
    cases = [
        {
            "name": name,
            "classes": classes,
            "labels": labels,
            "predictions": predictions,
            "confusion": confusion_matrix(labels, predictions, labels=range(classes)).tolist(),
            "reports": {key: report(classes, labels, predictions, value) for key, value in ZERO_DIVISIONS.items()},
        }
        for name, classes, labels, predictions in [*edge_cases(), *random_cases()]
    ]
    target = Path(__file__).with_name("classification-report.json")
    target.write_text(json.dumps({"source": f"scikit-learn {sklearn.__version__}", "cases": cases}, indent=1) + "\n")


main()
