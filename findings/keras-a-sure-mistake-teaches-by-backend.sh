#!/usr/bin/env bash
# Keras 3.15.1 (TensorFlow 2.21.0, JAX 0.10.2): from an image that the softmax is surely wrong about, a network learns on TensorFlow and
# not on JAX; on TensorFlow, too, it does not once a layer stands behind the softmax.
#
# Guess: categorical_crossentropy of probabilities is -ln p, whatever computes it. Of p = e^-30, which float32 holds, it is 30, the
#        gradient of the logits is p less the label, and fewer than 20 steps put it right. If p were cut off, then everywhere.
# Seen:  on JAX the loss is 16.118, which is -ln 0.0000001, and after 100 epochs the same; no weight has moved, since p is cut off and what
#        is cut off has no gradient. On TensorFlow the loss is 30 and goes to 0: it finds the logits that the softmax was made of and goes
#        by them. It does not find them through Flatten, Reshape, Rescaling or the Average of two heads, and then does as JAX.
#        With logits and from_logits=True both learn. Nothing is said.
#
# Who meets it: who starts from a head whose classes stood in another order, or gives a network unscaled features: the loss stands at
# 16.118 per wrong image. And who compares val_loss of two backends, or with scikit-learn's log_loss, which says 30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --retries 0 --no-compile --disable-pip-version-check keras==3.15.1 tensorflow-cpu==2.21.0 jax==0.10.2
cat > see.py <<'PY'
import keras
import numpy as np

layers = keras.layers
one, first = np.ones((1, 1), 'float32'), np.array([[1, 0]], 'float32')


def head(activation='softmax'):
    """Logits 0 and 30: surely the second class, while the label is the first."""
    start = keras.initializers.Constant(np.array([[0, 30]], 'float32'))
    return layers.Dense(2, activation, use_bias=False, kernel_initializer=start)


def see(name, *parts, from_logits=False):
    inputs = keras.Input((1,))
    outputs = inputs
    for part in parts:
        outputs = part(outputs)
    model = keras.Model(inputs, outputs)
    loss = keras.losses.CategoricalCrossentropy(from_logits=from_logits)
    model.compile(keras.optimizers.SGD(1.0), loss=loss)
    before = model.evaluate(one, first, verbose=0)
    model.fit(one, first, epochs=100, verbose=0)
    after = model.evaluate(one, first, verbose=0)
    print(f'{keras.backend.backend()}, {name}: loss {before:.3f}, after 100 epochs {after:.3f}')


see('softmax', head())
see('softmax, Flatten', head(), layers.Flatten())
see('two heads, Average', lambda inputs: layers.Average()([head()(inputs), head()(inputs)]))
see('logits', head(None), from_logits=True)
PY
for backend in tensorflow jax; do
  KERAS_BACKEND=$backend TF_CPP_MIN_LOG_LEVEL=3 venv/bin/python see.py 2>/dev/null
done | tee seen.txt
diff - seen.txt <<'TXT' || { echo 'Keras behaves in another way now'; exit 1; }
tensorflow, softmax: loss 30.000, after 100 epochs 0.006
tensorflow, softmax, Flatten: loss 16.118, after 100 epochs 16.118
tensorflow, two heads, Average: loss 16.118, after 100 epochs 16.118
tensorflow, logits: loss 30.000, after 100 epochs 0.006
jax, softmax: loss 16.118, after 100 epochs 16.118
jax, softmax, Flatten: loss 16.118, after 100 epochs 16.118
jax, two heads, Average: loss 16.118, after 100 epochs 16.118
jax, logits: loss 30.000, after 100 epochs 0.006
TXT
echo 'as it was seen'
