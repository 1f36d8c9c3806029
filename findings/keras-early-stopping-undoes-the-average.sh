#!/usr/bin/env bash
# Keras 3.15.1 (TensorFlow 2.21.0): EarlyStopping with restore_best_weights throws away what an optimizer with use_ema has averaged.
#
# The words of use_ema: the variables are overwritten by their average at the end of training; "When using the built-in fit() training
# loop, this happens automatically after the last epoch, and you don't need to do anything." Guess: it does with early stopping, too, and
# a model that was stopped early is the average, of the best epoch or of the last one.
# Seen:  without the callback fit() ends with the average. With it fit() ends with the weights as they were after the best epoch, not
#        averaged, whether training was stopped or ran to its last epoch: fit() writes the average first, and the callback
#        puts its copy back afterwards. The average stays in the optimizer, unused.
#
# Who meets it: everybody who has both, as recipes for fine-tuning do: the runs cost memory and time for an average that no figure and no
# saved file has, and use_ema seems to make no difference.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --retries 0 --disable-pip-version-check keras==3.15.1 tensorflow-cpu==2.21.0
cat > see.py <<'PY'
import keras
import numpy as np

ones = np.ones((4, 1), 'float32')


def trained(*callbacks):
    """A weight that grows from 0 by 1 an epoch, and its average: what fit() leaves after at most four epochs."""
    start = keras.layers.Dense(1, use_bias=False, kernel_initializer='zeros')
    model = keras.Sequential([keras.Input((1,)), start])
    optimizer = keras.optimizers.SGD(1.0, use_ema=True, ema_momentum=0.5)
    model.compile(optimizer, loss=lambda target, output: -output)
    epochs = len(model.fit(ones, ones, epochs=4, callbacks=list(callbacks), verbose=0).epoch)
    average = optimizer._model_variables_moving_average[0]
    return f'{epochs} epochs, left {np.ravel(model.get_weights())[0]:.3f}, average {np.ravel(average)[0]:.3f}'


stopping = keras.callbacks.EarlyStopping
print('no callback:', trained())
# The loss falls from epoch to epoch: the last is the best one by 'min', the first by 'max'.
print('early stopping, last epoch best:', trained(stopping('loss', mode='min', patience=1, restore_best_weights=True)))
print('early stopping, first epoch best:', trained(stopping('loss', mode='max', patience=1, restore_best_weights=True)))
words = ' '.join(keras.optimizers.SGD.__doc__.split())
print('words:', "this happens automatically after the last epoch, and you don't need to do anything" in words)
PY
KERAS_BACKEND=tensorflow TF_CPP_MIN_LOG_LEVEL=3 venv/bin/python see.py 2>/dev/null | tee seen.txt
diff - seen.txt <<'TXT' || { echo 'Keras behaves in another way now'; exit 1; }
no callback: 4 epochs, left 3.125, average 3.125
early stopping, last epoch best: 4 epochs, left 4.000, average 3.125
early stopping, first epoch best: 2 epochs, left 1.000, average 1.500
words: True
TXT
echo 'as it was seen'
