#!/usr/bin/env bash
# Keras 3.15.1 (TensorFlow 2.21.0), Linux x64: a network whose weights have become NaN goes on with a sound loss, and TerminateOnNaN
# lets it.
#
# TensorFlow says of oneDNN, which it uses unasked on processors since about 2019: "You may see slightly different numerical results due to
# floating-point round-off errors from different computation orders." Guess: NaN stays NaN through relu, in fit() as in a
#        call. One image of 64 that is NaN (a missing value in a TIFF) makes the first batch's loss NaN, and TerminateOnNaN stops.
# Seen:  Conv2D(activation='relu') gives 0 for NaN within fit(), evaluate() and predict(), where convolution and relu are one step of
#        oneDNN, and NaN when the model is called, or with run_eagerly. So the gradient makes the first kernel NaN in the first
#        batch, every image then looks the same, and training goes on for all its epochs with a loss near ln(4) for four classes.
#        Dense(activation='relu') does the same. With TF_ENABLE_ONEDNN_OPTS=0 the first batch ends it, as guessed.
#
# Who meets it: who takes a finite loss for a sound network. What looks like "it does not learn" is a network of NaN, and the saved file
# answers NaN in a program that calls it or on another machine.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --retries 0 --disable-pip-version-check keras==3.15.1 tensorflow-cpu==2.21.0
cat > see.py <<'PY'
import keras
import numpy as np

layers = keras.layers
images = np.random.default_rng(0).random((64, 16, 16, 3), 'float32')
classes = np.arange(64) % 4
holed = images.copy()
holed[0] = np.nan


def see(name, pictures, **how):
    """What six epochs of one batch each leave of a small network, and what it then says of the sound images."""
    keras.utils.set_random_seed(3)
    convolution = layers.Conv2D(8, 3, activation='relu')
    rest = layers.GlobalAveragePooling2D(), layers.Dense(4, activation='softmax')
    model = keras.Sequential([keras.Input((16, 16, 3)), convolution, *rest])
    model.compile(keras.optimizers.SGD(0.1), loss='sparse_categorical_crossentropy', **how)
    ends = keras.callbacks.TerminateOnNaN()
    losses = model.fit(pictures, classes, batch_size=64, epochs=6, verbose=0, callbacks=[ends]).history['loss']
    broken = np.isnan(convolution.kernel).mean()
    print(f'{name}: {len(losses)} epochs, last loss {losses[-1]:.1f}, NaN in the first kernel {broken:.0%}', end='; ')
    predicted = model.predict(images, verbose=0)
    called = keras.ops.convert_to_numpy(model(images))
    print(f'predicted {predicted[0, 0]:.1f}, images apart by {np.ptp(predicted[:, 0]):.3f}, called {called[0, 0]:.1f}')


see('sound', images)
see('one NaN image', holed)
see('run_eagerly', holed, run_eagerly=True)
PY
for one in 1 0; do
  echo "TF_ENABLE_ONEDNN_OPTS=$one"
  TF_ENABLE_ONEDNN_OPTS=$one KERAS_BACKEND=tensorflow TF_CPP_MIN_LOG_LEVEL=3 venv/bin/python see.py 2>/dev/null | grep -v '^Batch 0: Invalid'
done | tee seen.txt
diff - seen.txt <<'TXT' || { echo 'Keras behaves in another way now'; exit 1; }
TF_ENABLE_ONEDNN_OPTS=1
sound: 6 epochs, last loss 1.4, NaN in the first kernel 0%; predicted 0.2, images apart by 0.016, called 0.2
one NaN image: 6 epochs, last loss 1.4, NaN in the first kernel 100%; predicted 0.3, images apart by 0.000, called nan
run_eagerly: 1 epochs, last loss nan, NaN in the first kernel 100%; predicted nan, images apart by nan, called nan
TF_ENABLE_ONEDNN_OPTS=0
sound: 6 epochs, last loss 1.4, NaN in the first kernel 0%; predicted 0.2, images apart by 0.016, called 0.2
one NaN image: 1 epochs, last loss nan, NaN in the first kernel 100%; predicted nan, images apart by nan, called nan
run_eagerly: 1 epochs, last loss nan, NaN in the first kernel 100%; predicted nan, images apart by nan, called nan
TXT
echo 'as it was seen'
