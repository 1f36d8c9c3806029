#!/usr/bin/env bash
# Keras 3.15.1 (TensorFlow 2.21.0): a model whose frozen base has one layer opened again has other weights in its layers when it comes
# back from an .h5 file.
#
# Guess: base.trainable = False, then base.layers[-1].trainable = True: the last layer trains, and what was saved and loaded, whether
#        as .keras or as .h5, holds the same weights in the same layers, answers the same and trains the same layers. If something were
#        lost, it would be which layers train.
# Seen:  the same layers train from both files, and from .keras all is the same. From .h5 the first layer has the weights of the
#        second, the second those of the third, and the third, the opened one, those of the first: they were written layer by
#        layer and are read with the opened layer first. Where shapes fit, as in equal blocks, nothing is said, and the
#        answers are others. Opened the other way (all open, then the first layers closed) the file gives the same model back.
#
# Who meets it: fine-tuning of the last block of a pretrained network that is a layer of the model, kept by ModelCheckpoint or save() as
# .h5, the format that most older scripts write. The model that is loaded is not the one whose figures were noted.
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


def built(opened_in_frozen):
    base = keras.Sequential([keras.Input((3,)), *(layers.Dense(3, 'tanh', name=name) for name in 'abc')], name='base')
    model = keras.Sequential([keras.Input((3,)), base, layers.Dense(1, name='head')])
    for number, layer in enumerate(base.layers):
        layer.set_weights([np.eye(3) + number, np.zeros(3)])
    model.get_layer('head').set_weights([np.ones((3, 1)), np.zeros(1)])
    base.trainable = not opened_in_frozen
    if opened_in_frozen:
        base.layers[-1].trainable = True
    else:
        for layer in base.layers[:-1]:
            layer.trainable = False
    return model


def told(model):
    trained = sorted({variable.path.split('/')[-2] for variable in model.trainable_variables})
    held = ' '.join(f'{layer.name} {layer.get_weights()[0][0, 1]:.0f}' for layer in model.get_layer('base').layers)
    answer = model(np.array([[0.1, 0.2, -0.25]], 'float32'))
    return f'{" ".join(trained)} train; off the diagonal {held}; answers {float(np.ravel(answer)[0]):.3f}'


for name, opened_in_frozen in [('c opened in a frozen base', True), ('a and b closed in an open base', False)]:
    model = built(opened_in_frozen)
    print(f'{name}: {told(model)}')
    for file in ['model.keras', 'model.h5']:
        model.save(file)
        print(f'  from {file}: {told(keras.models.load_model(file))}')
PY
KERAS_BACKEND=tensorflow TF_CPP_MIN_LOG_LEVEL=3 venv/bin/python -W ignore see.py 2>/dev/null | tee seen.txt
diff - seen.txt <<'TXT' || { echo 'Keras behaves in another way now'; exit 1; }
c opened in a frozen base: c head train; off the diagonal a 0 b 1 c 2; answers 1.298
  from model.keras: c head train; off the diagonal a 0 b 1 c 2; answers 1.298
  from model.h5: c head train; off the diagonal a 1 b 2 c 0; answers 1.159
a and b closed in an open base: c head train; off the diagonal a 0 b 1 c 2; answers 1.298
  from model.keras: c head train; off the diagonal a 0 b 1 c 2; answers 1.298
  from model.h5: c head train; off the diagonal a 0 b 1 c 2; answers 1.298
TXT
echo 'as it was seen'
