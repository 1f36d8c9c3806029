#!/usr/bin/env bash
# scikit-learn 1.9.1 (NumPy 2.4.6): GroupKFold(shuffle=True) makes folds of as many patients each, however many images they have, though
# its words promise the opposite.
#
# The words: "The folds are approximately balanced in the sense that the number of samples is approximately the same in each test fold when
# `shuffle` is True." Guess: with shuffle=True groups of one size change places, and folds stay as even as without.
# Seen:  five patients of 100 images and fifteen of 5 give 115 images in each of five folds. With shuffle=True the patients are dealt
#        out by their number, four a fold: seed 0 has folds of 20 and of 210 images, and of 20 seeds the worst has one of 305. The
#        words hold for shuffle=False.
#
# Who meets it: who repeats grouped cross-validation with other seeds, and takes the mean of the folds' scores: a fold of 20 images counts
# as much as one of 305, and the spread between seeds is that of the folds' sizes, too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --retries 0 --disable-pip-version-check scikit-learn==1.9.1 numpy==2.4.6
cat > see.py <<'PY'
import numpy as np
from sklearn.model_selection import GroupKFold

words = 'the number of samples is approximately the same in each test fold when `shuffle` is True'
print('words:', words in ' '.join(GroupKFold.__doc__.split()))


def folds(images, **how):
    """How many images are tested on in each of five folds, of patients with so many images each."""
    patients = np.repeat(np.arange(len(images)), images)
    return [len(test) for _, test in GroupKFold(5, **how).split(patients, groups=patients)]


patients = [100] * 5 + [5] * 15
print('5 patients of 100 images, 15 of 5:', folds(patients))
print('shuffled, seed 0:', folds(patients, shuffle=True, random_state=0))
seeds = [folds(patients, shuffle=True, random_state=seed) for seed in range(20)]
smallest, largest = [min(sizes) for sizes in seeds], [max(sizes) for sizes in seeds]
print(f'20 seeds: smallest fold {min(smallest)} to {max(smallest)}, largest {min(largest)} to {max(largest)}')
PY
venv/bin/python see.py | tee seen.txt
diff - seen.txt <<'TXT' || { echo 'scikit-learn behaves in another way now'; exit 1; }
words: True
5 patients of 100 images, 15 of 5: [115, 115, 115, 115, 115]
shuffled, seed 0: [115, 20, 210, 20, 210]
20 seeds: smallest fold 20 to 115, largest 115 to 305
TXT
echo 'as it was seen'
