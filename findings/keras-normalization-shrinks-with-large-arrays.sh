#!/usr/bin/env bash
# Keras 3.15.1 (TensorFlow 2.21.0, NumPy 2.4.6): Normalization.adapt() takes a wrong mean from a large array of colour images, and
# a right one from the same images in grey.
#
# Guess: 1,000 images of 224 x 224 pixels, drawn evenly between 0 and 1, have a mean of 0.500 and a variance of 0.083 in each channel,
#        given as one float32 array, as a list of batches, in colour or grey.
# Seen:  as one array in colour a mean of 0.334 and a variance of 0.096. The mean is NumPy's float32 sum over all axes but the
#        last, which adds pixel by pixel and stands still at 2^24 (16,777,216), as numbers below 1 are lost beside it: the more
#        images, the smaller the mean. In grey the axes are one, NumPy sums in pairs, and it is right. So it is in batches.
#
# Who meets it: who adapts on the training images as they lie in memory, from some 670 images of 224 x 224 on (170 of 448 x 448).
# Nothing is said; inputs are off by more than half a standard deviation, and a subset for a quick look is right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --retries 0 --disable-pip-version-check keras==3.15.1 tensorflow-cpu==2.21.0 numpy==2.4.6
cat > see.py <<'PY'
import keras
import numpy as np

images = np.random.default_rng(0).random((1000, 224, 224, 3), dtype=np.float32)


def adapted(name, data):
    layer = keras.layers.Normalization(axis=-1)
    layer.adapt(data)
    print(f'{name}: mean {np.ravel(layer.mean)[0]:.3f}, variance {np.ravel(layer.variance)[0]:.3f}')


batches = [images[start : start + 100] for start in range(0, len(images), 100)]
adapted('colour, 300 images, one array', images[:300])
adapted('colour, one array', images)
adapted('colour, batches', batches)
adapted('grey, one array', np.ascontiguousarray(images[..., :1]))
words = ' '.join(keras.layers.Normalization.adapt.__doc__.split())
print('words:', 'It can be passed as a NumPy array' in words)
PY
KERAS_BACKEND=tensorflow TF_CPP_MIN_LOG_LEVEL=3 venv/bin/python see.py 2>/dev/null | tee seen.txt
diff - seen.txt <<'TXT' || { echo 'Keras behaves in another way now'; exit 1; }
colour, 300 images, one array: mean 0.500, variance 0.082
colour, one array: mean 0.334, variance 0.096
colour, batches: mean 0.500, variance 0.083
grey, one array: mean 0.500, variance 0.083
words: True
TXT
echo 'as it was seen'
