import type { Random } from '@thaw/base';
import { photographSize } from './drawing.ts';
import type { Photograph } from './photograph.ts';
import { sharp } from '../images/sharp.ts';

/** The changes that the Kaggle set's images show against their photographs: degrees, and fractions of a side. */
const ranges = { rotation: 20, shear: 8, shift: 0.1 } as const;

/** Where the pixel (x, y) of a copy comes from: (a x + b y + c, d x + e y + f) in the photograph. */
type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

function drawAffine(random: Random): Affine {
  const { width, height } = photographSize;
  const radians = (degrees: number) => (random.uniform(-degrees, degrees) * Math.PI) / 180;
  const rotation = radians(ranges.rotation);
  const shear = Math.tan(radians(ranges.shear));
  const flipX = random.int(2) === 0 ? 1 : -1;
  const flipY = random.int(2) === 0 ? 1 : -1;
  const right = width * random.uniform(-ranges.shift, ranges.shift);
  const down = height * random.uniform(-ranges.shift, ranges.shift);
  const [cos, sin] = [Math.cos(rotation), Math.sin(rotation)];
  const [a, b] = [flipX * cos, flipX * (shear * cos - sin)];
  const [d, e] = [flipY * sin, flipY * (shear * sin + cos)];
  // About the centres of both images.
  const [centerX, centerY] = [(width - 1) / 2, (height - 1) / 2];
  const c = centerX - a * (centerX + right) - b * (centerY + down);
  const f = centerY - d * (centerX + right) - e * (centerY + down);
  return [a, b, c, d, e, f];
}

/** The photograph under `affine`, bilinear, black where it ends. */
function warp(photograph: Photograph, [a, b, c, d, e, f]: Affine): Photograph {
  const { width, height } = photographSize;
  const copy = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 3) {
      const fromX = a * x + b * y + c;
      const fromY = d * x + e * y + f;
      if (fromX < 0 || fromY < 0 || fromX >= width - 1 || fromY >= height - 1) continue;
      const [left, top] = [Math.floor(fromX), Math.floor(fromY)];
      const [u, v] = [fromX - left, fromY - top];
      const from = (top * width + left) * 3;
      const below = from + width * 3;
      for (let channel = 0; channel < 3; channel++) {
        const upper = photograph[from + channel]! * (1 - u) + photograph[from + 3 + channel]! * u;
        const lower = photograph[below + channel]! * (1 - u) + photograph[below + 3 + channel]! * u;
        copy[to + channel] = upper * (1 - v) + lower * v + 0.5;
      }
    }
  }
  return copy;
}

/**
 * A copy of a photograph as augmentation makes it: rotated, sheared, shifted and flipped by one draw from `random`, with
 * black corners. JPEG bytes, of the photograph's size.
 */
export async function augmentedCopy(photograph: Photograph, random: Random): Promise<Uint8Array> {
  const { width, height } = photographSize;
  return sharp(warp(photograph, drawAffine(random)), { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
}
