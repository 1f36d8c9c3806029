#!/usr/bin/env bash
# Hugging Face datasets 5.0.1 (fsspec as pip takes it), Linux: imagefolder puts TRAIN/ and TEST/ into one split to train on, and one file
# or class called "test" or "train" leaves all the others out.
#
# The words: "You can place your data files into different directories named train, test, and validation"; of names, that they are looked
# for between dots, dashes and the like. Guess: TRAIN and TEST, as sets of images from Windows have them, are the two splits, or are
#        refused. A word in the name of a single file moves that file at most, and a class of trains is a class.
# Seen:  by TRAIN/<class> and TEST/<class> all images are in the split "train", whose classes come from both. With a single
#        file blood_test_1.png in a class folder there is one image in a split "test", without a label; the other ten are in no split.
#        Of bus/, car/ and train/ only the trains are there, without labels. Nothing is said. latest.png does nothing.
#
# Who meets it: who loads a folder that PyTorch's ImageFolder or Keras read well. With capitals the test images are trained on, and the
# word is only missed where the split "test" is asked for; of a large set, nobody counts whether all came.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --retries 0 --disable-pip-version-check datasets==5.0.1 pillow==12.3.0 2>/dev/null
cat > see.py <<'PY'
from collections import Counter
from pathlib import Path
from tempfile import mkdtemp

import datasets
from PIL import Image

datasets.disable_progress_bars()


def see(name, files):
    """The splits that come of a folder of images, each with how many it has of each label."""
    folder = Path(mkdtemp(dir='.'))
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        Image.new('RGB', (4, 4)).save(folder / file)
    splits = datasets.load_dataset('imagefolder', data_dir=str(folder))
    for split, images in splits.items():
        label = images.features.get('label')
        counts = Counter(label.int2str(images['label'])) if label else {'no label': len(images)}
        print(f'{name}, {len(files)} images: {split}', dict(sorted(counts.items())))


def images(*folders):
    return [f'{folder}/{i}.png' for folder in folders for i in range(5)]


parts = 'train/cat', 'train/dog', 'test/cat', 'test/dog'
see('train and test', images(*parts))
see('TRAIN and TEST', images(*(part.replace('train', 'TRAIN').replace('test', 'TEST') for part in parts)))
see('two classes', images('cat', 'dog'))
see('and latest.png', [*images('cat', 'dog'), 'cat/latest.png'])
see('and blood_test_1.png', [*images('cat', 'dog'), 'cat/blood_test_1.png'])
see('vehicles', images('bus', 'car', 'train'))
PY
HF_HUB_OFFLINE=1 HF_HOME="$folder/home" venv/bin/python see.py 2>/dev/null | tee seen.txt
diff - seen.txt <<'TXT' || { echo 'datasets behaves in another way now'; exit 1; }
train and test, 20 images: train {'cat': 5, 'dog': 5}
train and test, 20 images: test {'cat': 5, 'dog': 5}
TRAIN and TEST, 20 images: train {'cat': 10, 'dog': 10}
two classes, 10 images: train {'cat': 5, 'dog': 5}
and latest.png, 11 images: train {'cat': 6, 'dog': 5}
and blood_test_1.png, 11 images: test {'no label': 1}
vehicles, 15 images: train {'no label': 5}
TXT
echo 'as it was seen'
