#!/usr/bin/env bash
# scikit-learn 1.9.1 (NumPy 2.4.6): StratifiedGroupKFold makes a fold without a single sample of as many patients as folds.
#
# Guess: of four patients, four folds, one patient each, whatever their classes are; GroupKFold does so. That each fold has somebody to
#        be tested on goes without saying where there are as many groups as folds (fewer are refused).
# Seen:  with 11 and 15 images of one class and 10 and 16 of the other the folds have 11, 10, 0 and 31 images: nobody in the third,
#        two patients in the fourth, with every seed of shuffle, too. With 12 images instead of 11 it is one patient a fold. In
#        the source the smallest of equally good folds is taken, unless another one is better by however little: the classes
#        have equally many images here, all free folds are equally good, and the last digit of a sum decides.
#
# Who meets it: cross-validation over few patients of one class each with balanced classes: a score of a fold without images, and
# two patients that are only ever predicted by a model that has seen neither.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --retries 0 --disable-pip-version-check scikit-learn==1.9.1 numpy==2.4.6
cat > see.py <<'PY'
import numpy as np
from sklearn.model_selection import GroupKFold, StratifiedGroupKFold


def folds(splitter, images, classes):
    """How many images are tested on in each fold, of patients with so many images of one class."""
    labels, patients = np.repeat(classes, images), np.repeat(np.arange(len(images)), images)
    return [len(test) for _, test in splitter.split(labels, labels, patients)]


print('GroupKFold(4):', folds(GroupKFold(4), [11, 15, 10, 16], [0, 0, 1, 1]))
print('StratifiedGroupKFold(4):', folds(StratifiedGroupKFold(4), [11, 15, 10, 16], [0, 0, 1, 1]))
print('one image more:', folds(StratifiedGroupKFold(4), [12, 15, 10, 16], [0, 0, 1, 1]))
shuffled = [folds(StratifiedGroupKFold(4, shuffle=True, random_state=seed), [11, 15, 10, 16], [0, 0, 1, 1]) for seed in range(20)]
print('shuffled, 20 seeds:', sum(min(sizes) == 0 for sizes in shuffled), 'with an empty fold')
print('five patients:', folds(StratifiedGroupKFold(5), [25, 26, 16, 25, 10], [0, 1, 0, 1, 0]))
PY
venv/bin/python see.py | tee seen.txt
diff - seen.txt <<'TXT' || { echo 'scikit-learn behaves in another way now'; exit 1; }
GroupKFold(4): [16, 15, 11, 10]
StratifiedGroupKFold(4): [11, 10, 0, 31]
one image more: [15, 12, 10, 16]
shuffled, 20 seeds: 20 with an empty fold
five patients: [26, 16, 10, 0, 50]
TXT
echo 'as it was seen'
