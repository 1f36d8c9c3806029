#!/usr/bin/env bash
# @huggingface/transformers 4.3.2 (sharp 0.35.5), Node: an image processor with bilinear or bicubic resampling shrinks by picking pixels.
#
# Guess: `resample: 2` and `resample: 3` in preprocessor_config.json mean Pillow's BILINEAR and BICUBIC, as in Python, which average
#        over all pixels that a new one covers; the source says that its way "matches how the python Pillow library does it".
#        A chequerboard of 2 x 2 squares, black and white, becomes an even grey of about 128, whatever the method.
# Seen:  from 896 to 224 pixels it becomes all black, and with the board moved by two pixels all white: of sixteen pixels one is
#        looked at, as by nearest. From 640 to 224 it is 0 to 255 where Pillow has 116 to 139. Both methods go by an affine
#        transform of sharp, which interpolates between the neighbours of one point and averages nothing. `resample: 1` (Lanczos)
#        goes by sharp's resize and is grey.
#
# Who meets it: who calls a network in Node with the settings that it was trained with in Python: nearly all classifiers say 2 or 3. Large
# photographs arrive full of noise that training never showed, small ones nearly right; in the page, by a canvas, it is a third way.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
ONNXRUNTIME_NODE_INSTALL=skip npm install --silent --ignore-scripts @huggingface/transformers@4.3.2 sharp@0.35.5
python3 -m venv venv
venv/bin/pip install --quiet --retries 0 --disable-pip-version-check pillow==12.3.0 numpy==2.4.6
cat > see.mjs <<'JS'
import { RawImage, ViTImageProcessor } from '@huggingface/transformers';

function drawn(side, valueAt) {
  const pixels = new Uint8ClampedArray(side * side * 3);
  for (let i = 0; i < pixels.length; i++) pixels[i] = valueAt(Math.floor(i / 3) % side, Math.floor(i / 3 / side));
  return new RawImage(pixels, side, side, 3);
}
const board = (moved) => (x, y) => (((x + moved) >> 1) + (y >> 1)) % 2 === 0 ? 0 : 255;
async function shrunk(image, resample) {
  const size = { height: 224, width: 224 };
  const processor = new ViTImageProcessor({ size, resample, do_resize: true, do_rescale: false, do_normalize: false });
  const values = (await processor(image)).pixel_values.data;
  return `${Math.min(...values.subarray(0, 50176))} to ${Math.max(...values.subarray(0, 50176))}`;
}
for (const [name, resample] of Object.entries({ nearest: 0, bilinear: 2, bicubic: 3, lanczos: 1 })) {
  const [at896, moved, at640] = [drawn(896, board(0)), drawn(896, board(2)), drawn(640, board(0))];
  console.log(`${name}: 896 ${await shrunk(at896, resample)}, moved ${await shrunk(moved, resample)}, 640 ${await shrunk(at640, resample)}`);
}
JS
cat > see.py <<'PY'
import numpy as np
from PIL import Image

def shrunk(side, moved, resample):
    y, x = np.mgrid[:side, :side]
    board = (((x + moved) // 2 + y // 2) % 2 * 255).astype('uint8')
    values = np.asarray(Image.fromarray(board).resize((224, 224), resample))
    return f'{values.min()} to {values.max()}'

for name, resample in {'bilinear': 2, 'bicubic': 3, 'lanczos': 1}.items():
    print(f'Pillow, {name}: 896 {shrunk(896, 0, resample)}, moved {shrunk(896, 2, resample)}, 640 {shrunk(640, 0, resample)}')
PY
{ node see.mjs; venv/bin/python see.py; } | tee seen.txt
diff - seen.txt <<'TXT' || { echo 'the library behaves in another way now'; exit 1; }
nearest: 896 0 to 0, moved 255 to 255, 640 0 to 255
bilinear: 896 0 to 0, moved 255 to 255, 640 0 to 255
bicubic: 896 0 to 0, moved 255 to 255, 640 0 to 255
lanczos: 896 122 to 133, moved 122 to 133, 640 117 to 137
Pillow, bilinear: 896 125 to 130, moved 125 to 130, 640 116 to 139
Pillow, bicubic: 896 125 to 130, moved 125 to 130, 640 118 to 137
Pillow, lanczos: 896 124 to 131, moved 124 to 131, 640 121 to 134
TXT
echo 'as it was seen'
