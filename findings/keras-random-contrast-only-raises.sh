#!/usr/bin/env bash
# Keras 3.15.1 (TensorFlow 2.21.0): RandomContrast with one number raises contrast and never lowers it, while RandomBrightness with
# one number goes both ways.
#
# The words of RandomContrast: "When represented as a single float, lower = upper. The contrast factor will be randomly picked between
# [1.0 - lower, 1.0 + upper]". Guess: RandomContrast(0.2) multiplies by 0.8 to 1.2.
# Seen: by 1.0 to 1.2. The pair (0.2, 0.2) goes from 0.8 to 1.2. A number becomes the pair (0, number) where a layer's factors may not
# be negative, and the lower end then means "nothing off". RandomBrightness, whose factors may be negative, makes (-number, number).
#
# Who meets it: a network that is to bear paler slides or faded photographs is trained on more contrast alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --retries 0 --disable-pip-version-check keras==3.15.1 tensorflow-cpu==2.21.0
cat > see.py <<'PY'
import keras
import numpy as np

images = np.zeros((4000, 2, 2, 3), 'float32')


def ends(layer, key, unit=1.0):
    drawn = np.asarray(layer.get_random_transformation(images)[key]).ravel() / unit
    return f'{drawn.min():.2f} to {drawn.max():.2f}'


layers = keras.layers
print('contrast 0.2:', ends(layers.RandomContrast(0.2, seed=1), 'contrast_factor'))
print('contrast (0.2, 0.2):', ends(layers.RandomContrast((0.2, 0.2), seed=1), 'contrast_factor'))
print('brightness 0.2:', ends(layers.RandomBrightness(0.2, seed=1), 'rgb_delta', 255))
words = ' '.join(layers.RandomContrast.__doc__.split())
print('words:', 'When represented as a single float, lower = upper.' in words, '`[1.0 - lower, 1.0 + upper]`' in words)
PY
KERAS_BACKEND=tensorflow TF_CPP_MIN_LOG_LEVEL=3 venv/bin/python see.py 2>/dev/null | tee seen.txt
diff - seen.txt <<'TXT' || { echo 'Keras behaves in another way now'; exit 1; }
contrast 0.2: 1.00 to 1.20
contrast (0.2, 0.2): 0.80 to 1.20
brightness 0.2: -0.20 to 0.20
words: True True
TXT
echo 'as it was seen'
