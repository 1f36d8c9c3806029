#!/usr/bin/env bash
# sharp 0.35.5 (libvips 8.18), Node: a white background beside 16-bit pixels is 65280, not 65535.
#
# Guess: `background: 'white'` is the largest value of the image's depth, as it is with 8 bits: 65535 with 16.
# Seen:  extend(), resize() with 'contain', affine() and flatten() write 65280, 255 times 256. ensureAlpha(), composite() and an
#        8-bit white that is made 16-bit give 65535, so one picture gets two whites. Nothing is said.
#
# Who meets it: who pads 16-bit microscope slides or X-rays to a square for training. The frame is 255 steps darker than the
# white it continues, and a mask of "pixels that are 65535" leaves it out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent sharp@0.35.5
cat > see.mjs <<'JS'
import sharp from 'sharp';

const raw = (channels, ...values) => [Uint16Array.from(values), { raw: { width: 2, height: 1, channels } }];
/** A 16-bit PNG of two white pixels, or of a white and a see-through one. */
const white = await sharp(...raw(1, 65535, 65535)).toColourspace('grey16').png().toBuffer();
const clear = await sharp(...raw(4, 65535, 65535, 65535, 65535, 0, 0, 0, 0)).toColourspace('rgb16').png().toBuffer();

/** The distinct values of the first channel of what a step makes of the image, from the largest. */
async function seen(name, image, space = 'grey16') {
  const { data, info } = await image.toColourspace(space).raw({ depth: 'ushort' }).toBuffer({ resolveWithObject: true });
  const samples = new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
  const first = samples.filter((_, i) => i % info.channels === 0);
  console.log(`${name}:`, ...[...new Set(first)].sort((a, b) => b - a));
}

const { depth } = await sharp(white).metadata();
console.log('depth:', depth);
const background = 'white';
await seen('extend', sharp(white).extend({ right: 1, background }));
await seen('contain', sharp(white).resize(2, 2, { fit: 'contain', background }));
await seen('affine', sharp(white).affine([1, 0, 0, 1], { background, odx: 1 }));
await seen('flatten', sharp(clear).flatten({ background }), 'rgb16');
const create = { width: 1, height: 1, channels: 3, background };
await seen('8-bit white made 16-bit', sharp({ create }), 'rgb16');
const alpha = await sharp(white).ensureAlpha().toColourspace('grey16').raw({ depth: 'ushort' }).toBuffer();
console.log('alpha of ensureAlpha:', new Uint16Array(alpha.buffer, alpha.byteOffset, 2)[1]);
await seen('composite', sharp(white).composite([{ input: { create }, left: 0, top: 0 }]));
JS
node see.mjs | tee seen.txt
diff - seen.txt <<'TXT' || { echo 'sharp behaves in another way now'; exit 1; }
depth: ushort
extend: 65535 65280
contain: 65535 65280
affine: 65535 65280
flatten: 65535 65280
8-bit white made 16-bit: 65535
alpha of ensureAlpha: 65535
composite: 65535
TXT
echo 'as it was seen'
