import type { RgbImage } from '../../images/rgb-image.ts';
import { maskBars } from './bars.ts';
import { hasGround, type Colour } from './ground.ts';
import { countOf } from './masks.ts';
import { hullArea, regionsOf } from './regions.ts';

/**
 * How far a channel may lie from the corner's, for JPEG's ringing; less around a picture whose own ground has nearly that colour, as
 * white paper in a light window has, where a border must make up a share of the image: a few pixels are alike anywhere.
 */
const tolerances = [
  { tolerance: 20, leastShare: 0 },
  { tolerance: 5, leastShare: 0.05 },
] as const;
/** Of a border's pixels nine of ten lie within a quarter of that: it was painted, which no wall in the light of a lamp is. */
const nearPart = 1 / 4;
const leastNear = 0.9;
/** Pixels after which it is told where far less do. */
const early = 500;
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
export function maskBorders(image: RgbImage): Uint8Array {
  const valid = new Uint8Array(image.width * image.height).fill(1);
  maskBars(image, valid);
  for (let layer = 0; layer < layers; layer++) {
    // All corners at once, as turning and frames leave them, or one by one.
    const corners = cornersOf(valid, image.width).filter((corner) => valid[corner] === 1);
    const found = maskFrom(corners, image, valid);
    const isChanged =
      found === 'border' ||
      (found === 'other' &&
        corners.filter((corner) => valid[corner] === 1 && maskFrom([corner], image, valid) === 'border')
          .length > 0);
    if (!isChanged) break;
  }
  return valid;
}

/**
 * Clears what hangs together with the corners, as far as each is flat, if a photograph is left. Where the same colour goes on within,
 * behind a line, it is no border but ground, and nothing is cleared. `nothing` where no corner is flat, which none is by itself then.
 */
function maskFrom(
  corners: readonly number[],
  image: RgbImage,
  valid: Uint8Array,
): 'border' | 'ground' | 'other' | 'nothing' {
  const { width, height } = image;
  const rest = valid.slice();
  const flooded = corners.filter((corner) => rest[corner] === 1 && flood(rest, image, corner) > 0);
  if (flooded.length === 0) return 'nothing';
  const least = Math.max(leastValid * valid.length, leastOfRest * countOf(rest));
  const [photograph] = regionsOf(rest, width, height, least);
  if (!photograph || photograph.area < convexity * hullArea(photograph, width, height)) return 'other';
  rest.fill(0);
  const { runs } = photograph;
  for (let i = 0; i < runs.length; i += 2) rest.fill(1, runs[i], runs[i + 1]);
  // Corners of turned photographs have one colour.
  const colours = new Map(flooded.map((corner) => [colourAt(image, corner).join(), colourAt(image, corner)]));
  if ([...colours.values()].some((colour) => hasGround(image.data, rest, colour))) return 'ground';
  valid.set(rest);
  return 'border';
}

function colourAt({ data }: RgbImage, at: number): Colour {
  return [data[3 * at]!, data[3 * at + 1]!, data[3 * at + 2]!];
}

/** The smallest rectangle around what is valid, which is something. */
export function boundsOf(valid: Uint8Array, width: number) {
  const top = Math.floor(valid.indexOf(1) / width);
  const bottom = Math.floor(valid.lastIndexOf(1) / width);
  let [left, right] = [width - 1, 0];
  for (let y = top; y <= bottom; y++) {
    const first = valid.indexOf(1, y * width) - y * width;
    if (first >= width) continue;
    left = Math.min(left, first);
    right = Math.max(right, valid.lastIndexOf(1, (y + 1) * width - 1) - y * width);
  }
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

function cornersOf(valid: Uint8Array, stride: number): number[] {
  const { left, top, width, height } = boundsOf(valid, stride);
  const [first, last] = [top * stride + left, (top + height - 1) * stride + left];
  return [first, first + width - 1, last, last + width - 1];
}

let places = new Uint32Array();

/** Room for the places of so many pixels; what was in it is lost at the next call. */
function roomFor(pixels: number): Uint32Array {
  if (places.length < pixels) places = new Uint32Array(pixels);
  return places;
}

/** Clears what hangs together with `seed` and has its colour, if that was painted in one; returns how many pixels. */
function flood(valid: Uint8Array, image: RgbImage, seed: number): number {
  for (const { tolerance, leastShare } of tolerances) {
    const count = floodWithin(valid, image, seed, tolerance, leastShare * valid.length);
    if (count > 0) return count;
  }
  return 0;
}

function floodWithin(
  valid: Uint8Array,
  { width, height, data }: RgbImage,
  seed: number,
  tolerance: number,
  least: number,
): number {
  const flatness = nearPart * tolerance;
  const [seedRed, seedGreen, seedBlue] = [data[seed * 3]!, data[seed * 3 + 1]!, data[seed * 3 + 2]!];
  const cleared = roomFor(width * height);
  const lastRow = width * (height - 1);
  cleared[0] = seed;
  let [count, near] = [1, 1];
  valid[seed] = 0;
  // What is not flat at first will not be.
  for (let next = 0; next < count && (next !== early || near >= (leastNear / 2) * count); next++) {
    const at = cleared[next]!;
    const x = at % width;
    for (let side = 0; side < 4; side++) {
      let beside = at;
      if (side === 0) beside += x > 0 ? -1 : 0;
      else if (side === 1) beside += x < width - 1 ? 1 : 0;
      else if (side === 2) beside -= at >= width ? width : 0;
      else beside += at < lastRow ? width : 0;
      if (valid[beside] === 0) continue;
      const from = beside * 3;
      const red = Math.abs(data[from]! - seedRed);
      const green = Math.abs(data[from + 1]! - seedGreen);
      const blue = Math.abs(data[from + 2]! - seedBlue);
      if (red > tolerance || green > tolerance || blue > tolerance) continue;
      valid[beside] = 0;
      cleared[count++] = beside;
      if (red <= flatness && green <= flatness && blue <= flatness) near++;
    }
  }
  if (count >= least && near >= leastNear * count) return count;
  for (let i = 0; i < count; i++) valid[cleared[i]!] = 1;
  return 0;
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
