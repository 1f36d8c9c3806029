import { scalesPerOctave, sigmaOfLevel, type Octave } from './scale-space.ts';

/** A place that is found again in a copy: a blob's middle, its size and direction. */
export interface Keypoint {
  /** In pixels of the image, from the middle of its first pixel. */
  readonly x: number;
  readonly y: number;
  /** Blur at which it is strongest, between those of the levels; in pixels of the image. */
  readonly sigma: number;
  /** Of its strongest gradients, in radians from the x axis towards the y axis. */
  readonly angle: number;
  /** Index of its octave, and of the nearest level there. */
  readonly octave: number;
  readonly level: number;
}

interface Extremum extends Omit<Keypoint, 'angle'> {
  readonly strength: number;
}

/** Ratio of principal curvatures above which a place lies on an edge, along which it cannot be found again (Lowe 2004). */
const edgeRatio = 8;
/** Grey levels; extrema weaker than the last are noise. Most images have enough that are as strong as the first. */
const thresholds = [3.2, 1.2, 0.6];
const angleBins = 36;
/** A second direction counts where it is nearly as strong. */
const secondPeak = 0.8;

/**
 * The `most` strongest extrema of the scale space, with a keypoint for each of up to two directions; strongest first. Places
 * where `valid` (the image's pixels, 1 or 0) ends within their own radius do not count.
 */
export function findKeypoints(space: readonly Octave[], valid: Uint8Array, most: number): Keypoint[] {
  let extrema: Extremum[] = [];
  for (const weakest of thresholds) {
    extrema = space.flatMap((octave, index) => extremaOf(octave, index, space[0]!, valid, weakest));
    if (extrema.length >= most) break;
  }
  extrema.sort((a, b) => b.strength - a.strength || a.y - b.y || a.x - b.x || a.sigma - b.sigma);
  const keypoints: Keypoint[] = [];
  for (const extremum of extrema) {
    for (const angle of directionsOf(extremum, space[extremum.octave]!)) {
      if (keypoints.length < most) keypoints.push({ ...extremum, angle });
    }
    if (keypoints.length >= most) break;
  }
  return keypoints;
}

function extremaOf(
  octave: Octave,
  index: number,
  first: Octave,
  valid: Uint8Array,
  weakest: number,
): Extremum[] {
  const found: Extremum[] = [];
  const image = first.levels[0]!;
  const { width, height } = octave.levels[0]!;
  for (let level = 1; level <= scalesPerOctave; level++) {
    const below = octave.differences[level - 1]!.data;
    const here = octave.differences[level]!.data;
    const above = octave.differences[level + 1]!.data;
    const sigma = sigmaOfLevel(level) * octave.pixel;
    for (let y = 2; y < height - 2; y++) {
      for (let x = 2, at = y * width + 2; x < width - 2; x++, at++) {
        const value = here[at]!;
        if (value < weakest && value > -weakest) continue;
        const left = here[at - 1]!;
        const right = here[at + 1]!;
        if (value > 0 ? left >= value || right >= value : left <= value || right <= value) continue;
        if (!isExtremum(value, at, width, below, here, above)) continue;
        const offset = refine(here, at, width);
        if (!offset) continue;
        const place = { x: (x + offset.x) * octave.pixel, y: (y + offset.y) * octave.pixel };
        if (!isValidAround(place, 1.5 * sigma, valid, image.width, image.height)) continue;
        const between = sigma * 2 ** (peak(below[at]!, value, above[at]!) / scalesPerOctave);
        found.push({ ...place, sigma: between, octave: index, level, strength: Math.abs(value) });
      }
    }
  }
  return found;
}

function isExtremum(
  value: number,
  at: number,
  width: number,
  below: Float32Array,
  here: Float32Array,
  above: Float32Array,
): boolean {
  const sign = value > 0 ? 1 : -1;
  const size = sign * value;
  if (sign * here[at - width]! >= size || sign * here[at + width]! >= size) return false;
  for (let dy = -width; dy <= width; dy += width) {
    for (let i = at + dy - 1; i <= at + dy + 1; i++) {
      if (sign * above[i]! >= size || sign * below[i]! >= size) return false;
      if (i !== at && sign * here[i]! >= size) return false;
    }
  }
  return true;
}

/** The extremum's offset by a parabola through its neighbours; null on an edge. */
function refine(d: Float32Array, at: number, width: number): { x: number; y: number } | null {
  const center = 2 * d[at]!;
  const dx = (d[at + 1]! - d[at - 1]!) / 2;
  const dy = (d[at + width]! - d[at - width]!) / 2;
  const dxx = d[at + 1]! + d[at - 1]! - center;
  const dyy = d[at + width]! + d[at - width]! - center;
  const dxy = (d[at + width + 1]! - d[at + width - 1]! - d[at - width + 1]! + d[at - width - 1]!) / 4;
  const trace = dxx + dyy;
  const determinant = dxx * dyy - dxy * dxy;
  if (determinant <= 0 || (trace * trace) / determinant > (edgeRatio + 1) ** 2 / edgeRatio) return null;
  const clip = (value: number) => Math.max(-0.6, Math.min(0.6, value));
  return {
    x: clip((dxy * dy - dyy * dx) / determinant),
    y: clip((dxy * dx - dxx * dy) / determinant),
  };
}

/** Where a parabola through three neighbouring values has its extremum, in steps from the middle one. */
function peak(before: number, here: number, after: number): number {
  const offset = (0.5 * (before - after)) / (before - 2 * here + after);
  return Math.max(-0.5, Math.min(0.5, offset));
}

function isValidAround(
  { x, y }: { x: number; y: number },
  radius: number,
  valid: Uint8Array,
  width: number,
  height: number,
): boolean {
  for (let i = 0; i < 8; i++) {
    const column = Math.round(x + radius * Math.cos((i * Math.PI) / 4));
    const row = Math.round(y + radius * Math.sin((i * Math.PI) / 4));
    if (column < 0 || row < 0 || column >= width || row >= height) continue;
    if (valid[row * width + column] === 0) return false;
  }
  return true;
}

/** Samples across the window whose gradients give a keypoint its direction, each with its place and weight. */
const windowSide = 13;
const windowSamples = Array.from({ length: windowSide ** 2 }, (_, i) => ({
  u: ((i % windowSide) - (windowSide - 1) / 2) / (windowSide / 2),
  v: (Math.floor(i / windowSide) - (windowSide - 1) / 2) / (windowSide / 2),
})).filter(({ u, v }) => u * u + v * v <= 1);
const windowU = Float32Array.from(windowSamples, ({ u }) => u);
const windowV = Float32Array.from(windowSamples, ({ v }) => v);
const windowWeight = Float32Array.from(windowSamples, ({ u, v }) => Math.exp(-3 * (u * u + v * v)));
/** Radius of that window in sigmas. */
const windowRadius = 3.75;

/** The peaks of the gradients' directions around an extremum (Lowe 2004, section 5), at most two, the strongest first. */
function directionsOf({ x, y, level, sigma }: Extremum, octave: Octave): number[] {
  const { width, height, data } = octave.levels[level]!;
  const radius = (windowRadius * sigma) / octave.pixel;
  const [centerX, centerY] = [x / octave.pixel + 0.5, y / octave.pixel + 0.5];
  const histogram = new Float32Array(angleBins);
  for (let i = 0; i < windowU.length; i++) {
    const column = (centerX + radius * windowU[i]!) | 0;
    const row = (centerY + radius * windowV[i]!) | 0;
    if (column < 1 || row < 1 || column >= width - 1 || row >= height - 1) continue;
    const at = row * width + column;
    const gx = data[at + 1]! - data[at - 1]!;
    const gy = data[at + width]! - data[at - width]!;
    const weight = Math.sqrt(gx * gx + gy * gy) * windowWeight[i]!;
    const bin = (Math.atan2(gy, gx) / (2 * Math.PI) + 1) * angleBins;
    const lower = bin | 0;
    const share = bin - lower;
    const first = lower % angleBins;
    const second = (lower + 1) % angleBins;
    histogram[first] = histogram[first]! + weight * (1 - share);
    histogram[second] = histogram[second]! + weight * share;
  }
  return peaksOf(smoothed(smoothed(histogram)));
}

function peaksOf(histogram: Float32Array): number[] {
  const highest = Math.max(...histogram);
  if (highest === 0) return [0];
  const peaks: { height: number; angle: number }[] = [];
  for (let i = 0; i < angleBins; i++) {
    const before = histogram[(i + angleBins - 1) % angleBins]!;
    const here = histogram[i]!;
    const after = histogram[(i + 1) % angleBins]!;
    if (here < secondPeak * highest || here <= before || here < after) continue;
    peaks.push({ height: here, angle: ((i + peak(before, here, after)) * 2 * Math.PI) / angleBins });
  }
  peaks.sort((a, b) => b.height - a.height);
  return peaks.slice(0, 2).map(({ angle }) => angle);
}

function smoothed(histogram: Float32Array): Float32Array {
  const n = histogram.length;
  return histogram.map((value, i) => (histogram[(i + n - 1) % n]! + value + histogram[(i + 1) % n]!) / 3);
}
