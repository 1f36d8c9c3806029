#!/usr/bin/env bash
# sharp 0.35.5 (libvips 8.18), Node: resize() with kernel 'nearest' invents values when the file is a WebP or a large JPEG.
#
# Guess: 'nearest' picks pixels, whatever the file is: a mask with the labels 0 and 2, made smaller, has 0 and 2 and nothing else.
#        fastShrinkOnLoad may move the picture a little ("a slight moiré pattern or round-down of an auto-scaled dimension").
# Seen:  of a PNG and a TIFF, yes. A lossless WebP has label 1, which no pixel has, as soon as it gets four times smaller: it is
#        made smaller while it is read, by averages, before the kernel gets a pixel to pick. With fastShrinkOnLoad: false it does
#        not; a JPEG is averaged from eight times on, whatever fastShrinkOnLoad says. Nothing is said.
#
# Who meets it: who makes label images for segmentation smaller that are kept as lossless WebP, or subsamples noise and texture that must
# not be smoothed. The same picture gives other values with each format that it is kept in.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent sharp@0.35.5
cat > see.mjs <<'JS'
import sharp from 'sharp';

/** A board of fields of 2 x 2 pixels, label 0 and `high`. */
const size = 128;
const board = (high) => Uint8Array.from({ length: size * size }, (_, i) => ((i % size >> 1) + (i / size >> 1)) % 2 ? high : 0);
const files = {
  PNG: [2, (image) => image.png()],
  TIFF: [2, (image) => image.tiff({ compression: 'lzw' })],
  WebP: [2, (image) => image.webp({ lossless: true })],
  JPEG: [255, (image) => image.jpeg({ quality: 100 })],
};
for (const [format, [high, written]] of Object.entries(files)) {
  const file = await written(sharp(board(high), { raw: { width: size, height: size, channels: 1 } })).toBuffer();
  const values = async (image) => {
    const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
    return [...new Set(data.filter((_, i) => i % info.channels === 0))].sort((a, b) => a - b).join(' ');
  };
  for (const fastShrinkOnLoad of [true, false]) {
    const smaller = [];
    for (const times of [2, 4, 8]) {
      smaller.push(await values(sharp(file).resize(size / times, size / times, { kernel: 'nearest', fastShrinkOnLoad })));
    }
    console.log(`${format} of ${await values(sharp(file))}, fast ${fastShrinkOnLoad}: 2, 4, 8 times smaller ${smaller.join(', ')}`);
  }
}
JS
node see.mjs | tee seen.txt
diff - seen.txt <<'TXT' || { echo 'sharp behaves in another way now'; exit 1; }
PNG of 0 2, fast true: 2, 4, 8 times smaller 0 2, 0, 0
PNG of 0 2, fast false: 2, 4, 8 times smaller 0 2, 0, 0
TIFF of 0 2, fast true: 2, 4, 8 times smaller 0 2, 0, 0
TIFF of 0 2, fast false: 2, 4, 8 times smaller 0 2, 0, 0
WebP of 0 2, fast true: 2, 4, 8 times smaller 0 2, 1, 1
WebP of 0 2, fast false: 2, 4, 8 times smaller 0 2, 0, 0
JPEG of 0 255, fast true: 2, 4, 8 times smaller 0 255, 0, 127
JPEG of 0 255, fast false: 2, 4, 8 times smaller 0 255, 0, 127
TXT
echo 'as it was seen'
