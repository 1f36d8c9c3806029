#!/usr/bin/env bash
# Keras 3.15.1 (TensorFlow 2.21.0, JAX 0.10.2): what exclude_from_weight_decay() keeps from weight decay decays once the model has been
# saved and loaded, and which weights a name keeps from it depends on the backend.
#
# The words: "If any string in `var_names` appear in the model variable's name, then this model variable is excluded". Guess: a loaded
#        .keras file trains on as the model would have, its optimizer's state comes with it, and a name means the same on every backend.
# Seen:  ten epochs with no gradient leave an excluded bias of 1 at 1, and the kernel at 0.349; after load_model(), which brings back
#        weight_decay and the count of steps, the next ten leave the bias at 0.349. The file does not say what was excluded, and
#        nothing is said. By the name of a layer ('norm') its weights are kept on TensorFlow, whose name is the whole path, and not
#        on JAX, where the name is 'gamma' or 'bias' and the layer's stands in `path`.
#
# Who meets it: fine-tuning as recipes have it, with no decay of biases and normalisation, that goes on from a saved file, or moves from
# one backend to another.
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
zeros = np.zeros((4, 1), 'float32')


@keras.saving.register_keras_serializable()
def nothing(target, output):
    """A loss whose gradient is 0, so that only weight decay moves the weights."""
    return 0 * output


def see(name, model):
    model.fit(zeros, zeros, epochs=10, verbose=0)
    weights = [(layer, variable) for layer in model.layers for variable in layer.trainable_variables]
    values = [f'{layer.name} {variable.name} {np.ravel(variable)[0]:.3f}' for layer, variable in weights]
    print(f'{keras.backend.backend()}, {name}:', ', '.join(values))


for names in (['bias', 'gamma'], ['norm']):
    ones = dict(kernel_initializer='ones', bias_initializer='ones')
    norm = layers.LayerNormalization(center=False, name='norm')
    model = keras.Sequential([keras.Input((1,)), layers.Dense(1, **ones, name='dense'), norm])
    optimizer = keras.optimizers.AdamW(0.1, weight_decay=1.0)
    optimizer.exclude_from_weight_decay(var_names=names)
    model.compile(optimizer, loss=nothing)
    see(f'without {names}', model)
    model.save('model.keras')
    loaded = keras.saving.load_model('model.keras')
    print('loaded, weight decay', loaded.optimizer.weight_decay, 'step', int(loaded.optimizer.iterations))
    see('then', loaded)
PY
for backend in tensorflow jax; do
  KERAS_BACKEND=$backend TF_CPP_MIN_LOG_LEVEL=3 venv/bin/python see.py 2>/dev/null
done | tee seen.txt
diff - seen.txt <<'TXT' || { echo 'Keras behaves in another way now'; exit 1; }
tensorflow, without ['bias', 'gamma']: dense kernel 0.349, dense bias 1.000, norm gamma 1.000
loaded, weight decay 1.0 step 10
tensorflow, then: dense kernel 0.122, dense bias 0.349, norm gamma 0.349
tensorflow, without ['norm']: dense kernel 0.349, dense bias 0.349, norm gamma 1.000
loaded, weight decay 1.0 step 10
tensorflow, then: dense kernel 0.122, dense bias 0.122, norm gamma 0.349
jax, without ['bias', 'gamma']: dense kernel 0.349, dense bias 1.000, norm gamma 1.000
loaded, weight decay 1.0 step 10
jax, then: dense kernel 0.122, dense bias 0.349, norm gamma 0.349
jax, without ['norm']: dense kernel 0.349, dense bias 0.349, norm gamma 0.349
loaded, weight decay 1.0 step 10
jax, then: dense kernel 0.122, dense bias 0.122, norm gamma 0.122
TXT
echo 'as it was seen'
