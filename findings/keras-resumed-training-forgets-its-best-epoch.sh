#!/usr/bin/env bash
# Keras 3.15.1 (TensorFlow 2.21.0): training that goes on by BackupAndRestore keeps a worse epoch than without the interruption, and
# its later epochs draw the random numbers of the first ones again.
#
# The words of BackupAndRestore: it is "intended to recover training from an interruption", and restores "the training state (which
# includes the Model weights and epoch number)". Guess: with them comes back what EarlyStopping beside it knows, its best value and
# how long it has waited, and the state of the random numbers; if anything is lost, it is a few batches.
# Seen:  the weights are right, and EarlyStopping starts from nothing. An error of 1, 0, 1, 2, 3 with a patience of 3 ends after five
#        epochs with the weights of the second, whose error is 0. Interrupted before the fourth epoch it goes on for four
#        more and ends with the weights of the fourth, error 2, as the best. Layers that draw (GaussianNoise here) draw in the
#        epochs after the interruption what they drew in the first ones: their seeds count from the start again.
#
# Who meets it: trainings on machines that may be taken away, for which the callback was made. Which model is kept depends on when that
# happened, nothing is said, and the best epoch before it is gone.
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


class Measure(keras.callbacks.Callback):
    """The error is how far the weight is from 2; the noise is what a layer draws in training."""

    def __init__(self, outage):
        super().__init__()
        self.outage, self.errors, self.drawn = outage, [], []

    def on_epoch_begin(self, epoch, logs=None):
        if epoch == self.outage:
            raise InterruptedError

    def on_epoch_end(self, epoch, logs):
        logs['error'] = abs(self.model.get_layer('weight').get_weights()[0].item() - 2)
        self.errors.append(logs['error'])
        self.drawn.append(float(self.model(ones, training=True)[1][0, 0]))


def fit(folder, outage=None):
    """A weight that grows from 0 by 1 an epoch."""
    keras.utils.set_random_seed(1)
    inputs = keras.Input((1,))
    weight = keras.layers.Dense(1, use_bias=False, kernel_initializer='zeros', name='weight')
    noise = keras.layers.GaussianNoise(1.0, seed=1)
    model = keras.Model(inputs, [weight(inputs), noise(inputs)])
    model.compile(keras.optimizers.SGD(1.0), loss=[lambda target, output: -output, lambda target, output: 0 * output])
    measure = Measure(outage)
    stopping = keras.callbacks.EarlyStopping('error', mode='min', patience=3, restore_best_weights=True)
    try:
        backup = keras.callbacks.BackupAndRestore(folder)
        model.fit(ones, [ones, ones], epochs=20, callbacks=[measure, stopping, backup], verbose=0)
        kept = f'kept {model.get_layer("weight").get_weights()[0].item():.0f}, best error {stopping.best:.0f}'
    except InterruptedError:
        kept = 'interrupted'
    print('errors', *(f'{error:.0f}' for error in measure.errors), kept)
    return measure.drawn


whole = fit('whole')
begun = fit('stopped', outage=3)
ended = fit('stopped')
print('the same draws before:', np.allclose(begun, whole[:3]))
print('after it those of epoch 4 and 5:', np.allclose(ended[:2], whole[3:5]))
print('after it those of epoch 1 to 4:', np.allclose(ended, whole[:4]))
PY
KERAS_BACKEND=tensorflow TF_CPP_MIN_LOG_LEVEL=3 venv/bin/python see.py 2>/dev/null | tee seen.txt
diff - seen.txt <<'TXT' || { echo 'Keras behaves in another way now'; exit 1; }
errors 1 0 1 2 3 kept 2, best error 0
errors 1 0 1 interrupted
errors 2 3 4 5 kept 4, best error 2
the same draws before: True
after it those of epoch 4 and 5: False
after it those of epoch 1 to 4: True
TXT
echo 'as it was seen'
