import type { RgbImage } from '../../images/rgb-image.ts';
import { hullArea, regionsOf } from './regions.ts';

/** How far a channel may lie from the corner's, for JPEG's ringing. */
const tolerance = 20;
/** Of a border's pixels nine of ten lie so near: it was painted, which no wall in the light of a lamp is. */
const flatness = 5;
/** What is left must fill its convex hull, since a warped photograph does; a background around objects does not. */
const convexity = 0.94;
/** Smaller remainders are no photograph. */
const leastValid = 0.1;
/** Of what is left, the photograph must be this much; the rest are bars and titles beside it. */
const leastOfRest = 0.6;
/** A framed image may have a border of its own. */
const layers = 2;

/**
 * 1 where the image shows its photograph, 0 on the one-coloured borders that rotating, shifting and shearing leave, on the margins
 * of a screenshot and the bars within them: what hangs together with a corner in one colour, if the largest part of the
 * rest is convex. A background that surrounds objects is not masked.
 */
export function maskBorders({ width, height, data }: RgbImage): Uint8Array {
  let valid = new Uint8Array(width * height).fill(1);
  const least = leastValid * valid.length;
  for (let layer = 0; layer < layers; layer++) {
    for (const corner of cornersOf(valid, width)) {
      if (valid[corner] === 0) continue;
      const rest = valid.slice();
      if (!flood(rest, data, width, height, corner)) continue;
      const left = rest.reduce((sum, value) => sum + value, 0);
      for (const region of regionsOf(rest, width, height, Math.max(least, leastOfRest * left))) {
        if (region.length < convexity * hullArea(region, width, height)) continue;
        valid = new Uint8Array(valid.length);
        for (const at of region) valid[at] = 1;
      }
    }
  }
  return valid;
}

/** The smallest rectangle around what is valid, which is something. */
export function boundsOf(valid: Uint8Array, width: number) {
  const top = Math.floor(valid.indexOf(1) / width);
  const bottom = Math.floor(valid.lastIndexOf(1) / width);
  let [left, right] = [width - 1, 0];
  for (let y = top; y <= bottom; y++) {
    const row = valid.subarray(y * width, (y + 1) * width);
    const first = row.indexOf(1);
    if (first < 0) continue;
    left = Math.min(left, first);
    right = Math.max(right, row.lastIndexOf(1));
  }
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

function cornersOf(valid: Uint8Array, stride: number): number[] {
  const { left, top, width, height } = boundsOf(valid, stride);
  const [first, last] = [top * stride + left, (top + height - 1) * stride + left];
  return [first, first + width - 1, last, last + width - 1];
}

/** Clears what hangs together with `seed` and has its colour; tells whether that was painted in one. */
function flood(valid: Uint8Array, data: Uint8Array, width: number, height: number, seed: number): boolean {
  const [red, green, blue] = [data[seed * 3]!, data[seed * 3 + 1]!, data[seed * 3 + 2]!];
  const cleared = new Uint32Array(width * height);
  cleared[0] = seed;
  let [count, near] = [1, 1];
  valid[seed] = 0;
  const visit = (at: number) => {
    if (valid[at] === 0) return;
    const from = at * 3;
    const distance = Math.max(
      Math.abs(data[from]! - red),
      Math.abs(data[from + 1]! - green),
      Math.abs(data[from + 2]! - blue),
    );
    if (distance > tolerance) return;
    valid[at] = 0;
    cleared[count++] = at;
    if (distance <= flatness) near++;
  };
  for (let next = 0; next < count; next++) {
    const at = cleared[next]!;
    const x = at % width;
    if (x > 0) visit(at - 1);
    if (x < width - 1) visit(at + 1);
    if (at >= width) visit(at - width);
    if (at < width * (height - 1)) visit(at + width);
  }
  return near >= 0.9 * count;
}

/** The mask at half the size: valid where all four pixels are. */
export function halveMask(valid: Uint8Array, width: number, height: number): Uint8Array {
  const [halfWidth, halfHeight] = [width >> 1, height >> 1];
  const result = new Uint8Array(halfWidth * halfHeight);
  for (let y = 0, to = 0; y < halfHeight; y++) {
    for (let x = 0, at = 2 * y * width; x < halfWidth; x++, at += 2) {
      result[to++] = valid[at]! & valid[at + 1]! & valid[at + width]! & valid[at + width + 1]!;
    }
  }
  return result;
}
