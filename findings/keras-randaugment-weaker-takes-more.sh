#!/usr/bin/env bash
# Keras 3.15.1 (TensorFlow 2.21.0): the smaller RandAugment's `factor`, the more two of its operations take of an image.
#
# The words of `factor`: "The strength of the augmentation as a normalized value between 0 and 1." Guess: at 0 nothing changes but by
# what has no strength (auto contrast, equalisation), and every operation does less at 0.05 than at 0.5.
# Seen: posterisation draws how many of 8 bits stay between 1 and `int(8 * factor)`, the end left out: at 0.05 one bit stays, two values
# of 256, at 1 up to seven. Solarisation turns around what lies above a threshold drawn between 0 and 255 * factor: everything at 0,
# nearly everything at 0.05, a part at 1.
#
# Who meets it: whoever takes a small factor so as not to harm faint things, or sweeps over factors from weak to strong.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --retries 0 --disable-pip-version-check keras==3.15.1 tensorflow-cpu==2.21.0
cat > see.py <<'PY'
import keras
import numpy as np

# Every value once, grey.
image = np.repeat(np.arange(256, dtype='float32').reshape(1, 16, 16, 1), 3, axis=3)

for factor in (0.0, 0.05, 0.5, 1.0):
    layer = keras.layers.RandAugment(factor=factor, seed=1)
    left, turned = set(), []
    for _ in range(400):
        left.add(len(np.unique(np.asarray(layer.random_posterization(image, training=True)))))
        row = np.asarray(layer.solarization(image, training=True))[0, :, :, 0].ravel()
        turned.append(np.mean(np.diff(row) < 0))
    print(f'factor {factor}: {min(left)} to {max(left)} values left; {np.mean(turned):.1f} of values turned around')
words = ' '.join(keras.layers.RandAugment.__doc__.split())
print('words:', 'The strength of the augmentation as a normalized value between 0 and 1.' in words)
PY
KERAS_BACKEND=tensorflow TF_CPP_MIN_LOG_LEVEL=3 venv/bin/python see.py 2>/dev/null | tee seen.txt
diff - seen.txt <<'TXT' || { echo 'Keras behaves in another way now'; exit 1; }
factor 0.0: 2 to 2 values left; 1.0 of values turned around
factor 0.05: 2 to 2 values left; 1.0 of values turned around
factor 0.5: 2 to 8 values left; 0.7 of values turned around
factor 1.0: 2 to 128 values left; 0.3 of values turned around
words: True
TXT
echo 'as it was seen'
