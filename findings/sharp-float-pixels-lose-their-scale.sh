#!/usr/bin/env bash
# sharp 0.35.5 (libvips 8.18), Node: grey float pixels are taken for 0 to 65535 when they are written as TIFF.
#
# Guess: raw float pixels written by tiff() give a float TIFF with the same values, as libvips's own tiffsave does,
#        or at worst values from 0 to 255 rounded to whole numbers.
# Seen:  with toColourspace('b-w') the file has 8 bits a sample and every value was divided by 257: 0.25 to 103.75 are all
#        0, 1000.5 is 4 and 60000.75 is 234. With toColourspace('grey16') it has 16 bits and the fraction is cut off. Nothing
#        is said in either case, and no colour space of these keeps the numbers.
#
# Who meets it: a script that keeps microscope, CT or depth data with sharp and reads it again for training: an image whose
# values lie between 0 and 255 comes back black.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent sharp@0.35.5
cat > see.mjs <<'JS'
import sharp from 'sharp';

/** Bits a sample, and the samples, of an uncompressed little-endian TIFF of one strip. */
function samples(file) {
  const tags = new Map();
  const directory = file.readUInt32LE(4);
  for (let i = 0; i < file.readUInt16LE(directory); i++) {
    const entry = directory + 2 + 12 * i;
    const isShort = file.readUInt16LE(entry + 2) === 3;
    tags.set(file.readUInt16LE(entry), isShort ? file.readUInt16LE(entry + 8) : file.readUInt32LE(entry + 8));
  }
  const [bits, start, bytes] = [tags.get(258), tags.get(273), tags.get(279)];
  const strip = file.subarray(start, start + bytes);
  const count = bytes / (bits / 8);
  return [bits, ...Array.from({ length: count }, (_, i) => (bits === 8 ? strip[i] : strip.readUInt16LE(2 * i)))];
}

const values = [0.25, 103.75, 1000.5, 60000.75];
for (const space of ['b-w', 'grey16']) {
  const file = await sharp(Float32Array.from(values), { raw: { width: values.length, height: 1, channels: 1 } })
    .toColourspace(space)
    .tiff({ compression: 'none' })
    .toBuffer();
  console.log(space, ...samples(file));
}
JS
node see.mjs | tee seen.txt
diff - seen.txt <<'TXT' || { echo 'sharp behaves in another way now'; exit 1; }
b-w 8 0 0 4 234
grey16 16 0 103 1000 60000
TXT
echo 'as it was seen'
