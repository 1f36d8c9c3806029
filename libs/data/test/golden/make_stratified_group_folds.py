"""Writes stratified-group-folds.json: how even the folds of scikit-learn's StratifiedGroupKFold are on drawn groups.

    python libs/data/test/golden/make_stratified_group_folds.py

Needs scikit-learn and numpy. A group is a row of images by class. The worst deviation is the largest |share of a class
that a fold validates - 1 / folds| over folds and classes; it is the median of five shuffles.
"""

import json
import warnings
from pathlib import Path

import numpy
import sklearn
from sklearn.model_selection import StratifiedGroupKFold

warnings.simplefilter("ignore")  # a class with fewer images than folds


def worst_deviation(groups, folds, seed):
    labels = numpy.concatenate([numpy.repeat(numpy.arange(len(row)), row) for row in groups])
    names = numpy.repeat(numpy.arange(len(groups)), groups.sum(axis=1))
    held = StratifiedGroupKFold(folds, shuffle=True, random_state=seed).split(labels, labels, names)
    shares = [numpy.bincount(labels[part], minlength=groups.shape[1]) / groups.sum(axis=0) for _, part in held]
    return numpy.abs(numpy.array(shares) - 1 / folds).max()


random = numpy.random.default_rng(0)
cases = []
for of_one_class in [True, False]:
    for classes in [2, 3, 4]:
        for count in [12, 40]:
            for largest in [8, 60]:
                sizes = random.integers(1, largest + 1, size=count)
                if of_one_class:
                    rows = numpy.zeros((count, classes), dtype=int)
                    rows[numpy.arange(count), numpy.arange(count) % classes] = sizes
                else:
                    shares = random.dirichlet([0.5] * classes, size=count)
                    rows = numpy.array([random.multinomial(n, p) for n, p in zip(sizes, shares)])
                folds = int(random.integers(2, min(5, count // classes) + 1))
                tries = [worst_deviation(rows, folds, seed) for seed in range(5)]
                cases.append({"groups": rows.tolist(), "folds": folds, "worst_deviation": float(numpy.median(tries))})

path = Path(__file__).with_name("stratified-group-folds.json")
path.write_text(json.dumps({"scikit_learn": sklearn.__version__, "cases": cases}) + "\n")
