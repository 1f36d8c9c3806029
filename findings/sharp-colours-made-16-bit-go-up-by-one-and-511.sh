#!/usr/bin/env bash
# sharp 0.35.5 (libvips 8.18), Node: an 8-bit colour image that is made 16-bit goes up by 1 and by 511 in turn; grey goes by 257.
#
# Guess: toColourspace('rgb16') multiplies by 257, as toColourspace('grey16') does, so that 0 stays 0, 255 becomes 65535 and
#        neighbouring values stay equally far apart. A bare shift by 8 bits, with white at 65280, is the other way I can think of.
# Seen:  an even value is multiplied by 256, an odd one gets 255 on top: 1 is 511, 2 is 512, 3 is 1023, 4 is 1024. Steps
#        of one become 511 and 1 in turn. Grey pixels saved as colour give other numbers than the same pixels saved as grey, up
#        to 254 of 65535 away. Pixels given raw and pixels from a PNG do the same; nothing is said.
#
# Who meets it: who brings 8-bit colour slides to 16 bits to join them with others, takes differences or local contrast, or
# trains on what was stored as grey and calls with what was stored as colour. Smooth areas get a comb of steps.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent sharp@0.35.5
cat > see.mjs <<'JS'
import sharp from 'sharp';

/** What the 256 values become, each in all channels, as the first channel of the 16-bit image. */
async function made(channels, space, asPng) {
  const values = Uint8Array.from({ length: 256 * channels }, (_, i) => Math.floor(i / channels));
  let image = sharp(values, { raw: { width: 256, height: 1, channels } });
  if (asPng) image = sharp(await image.png().toBuffer());
  const { data, info } = await image.toColourspace(space).raw({ depth: 'ushort' }).toBuffer({ resolveWithObject: true });
  return [...new Uint16Array(data.buffer, data.byteOffset, data.length / 2)].filter((_, i) => i % info.channels === 0);
}
const steps = (values) => [...new Set(values.slice(1).map((value, i) => value - values[i]))].sort((a, b) => a - b);

const grey = await made(1, 'grey16', false);
for (const [name, values] of [
  ['grey', grey],
  ['colour', await made(3, 'rgb16', false)],
  ['colour from PNG', await made(3, 'rgb16', true)],
]) {
  const apart = Math.max(...values.map((value, i) => Math.abs(value - grey[i])));
  console.log(`${name}: 0 to 5 are ${values.slice(0, 6).join(' ')}, 255 is ${values[255]}; steps of ${steps(values).join(' and ')}`);
  console.log(`  from grey at most ${apart}`);
}
JS
node see.mjs | tee seen.txt
diff - seen.txt <<'TXT' || { echo 'sharp behaves in another way now'; exit 1; }
grey: 0 to 5 are 0 257 514 771 1028 1285, 255 is 65535; steps of 257
  from grey at most 0
colour: 0 to 5 are 0 511 512 1023 1024 1535, 255 is 65535; steps of 1 and 511
  from grey at most 254
colour from PNG: 0 to 5 are 0 511 512 1023 1024 1535, 255 is 65535; steps of 1 and 511
  from grey at most 254
TXT
echo 'as it was seen'
