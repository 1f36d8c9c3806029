import { WasmKernel, type WasmMemory } from '@thaw/base';
import { scalesPerOctave, sigmaOfLevel, type Octave } from './scale-space.ts';

/** A blob of the scale space: its middle and its size. */
export interface Extremum {
  /** In pixels of the image, from the middle of its first pixel. */
  readonly x: number;
  readonly y: number;
  /** Blur at which it is strongest, between those of the levels; in pixels of the image. */
  readonly sigma: number;
  /** Index of its octave, and of the nearest level there. */
  readonly octave: number;
  readonly level: number;
  /** Grey levels by which it differs from what is around it. */
  readonly strength: number;
}

interface Functions {
  /** Addresses in bytes, sizes in pixels; see extrema.wat. */
  extrema(...[below, here, above, width, height, weakest, list]: number[]): number;
}

/** Ratio of principal curvatures above which a place lies on an edge, along which it cannot be found again (Lowe 2004). */
const edgeRatio = 8;
/** Grey levels; extrema weaker than the last are noise. Most images have enough that are as strong as the first. */
const thresholds = [3.2, 1.2, 0.6];
/** Steps around a place to where the photograph must reach. */
const around = Array.from({ length: 8 }, (_, i) => ({
  x: Math.cos((i * Math.PI) / 4),
  y: Math.sin((i * Math.PI) / 4),
}));

const kernel = new WasmKernel<Functions>(new URL('extrema.wasm', import.meta.url));

/** Finds the extrema of scale spaces of at most `side` pixels a side that lie in the memory. */
export class ExtremumFinder {
  readonly #extrema: Functions['extrema'];
  /** Of each octave and scale the places found last, a part for each scale. */
  readonly #places: Int32Array;

  constructor(memory: WasmMemory, side: number) {
    this.#extrema = kernel.in(memory).extrema;
    // Two extrema of one kind are no neighbours, so there are at most half as many of both as there are pixels.
    this.#places = memory.int32((side * side) / 2);
  }

  /**
   * The extrema, the strongest first: all that are as strong as the first threshold, and where these are fewer than `enough` those
   * that are as strong as the next. Places where `valid` (the image's pixels, 1 or 0) ends within their own radius do not count.
   */
  find(space: readonly Octave[], valid: Uint8Array, enough: number): Extremum[] {
    const places = space.flatMap((octave) =>
      Array.from({ length: scalesPerOctave }, (_, i) => this.#placesIn(octave, i + 1)),
    );
    const found: Extremum[] = [];
    let below = Infinity;
    for (const weakest of thresholds) {
      for (const [i, some] of places.entries()) {
        const octave = Math.floor(i / scalesPerOctave);
        addExtrema(found, some, space, octave, (i % scalesPerOctave) + 1, valid, weakest, below);
      }
      if (found.length >= enough) break;
      below = weakest;
    }
    return found.sort((a, b) => b.strength - a.strength || a.y - b.y || a.x - b.x || a.sigma - b.sigma);
  }

  #placesIn({ differences }: Octave, level: number): Int32Array {
    const { width, height } = differences[level]!;
    const [below, here, above] = [level - 1, level, level + 1].map((i) => differences[i]!.data.byteOffset);
    const list = this.#places;
    return list.slice(
      0,
      this.#extrema(below!, here!, above!, width, height, thresholds.at(-1)!, list.byteOffset),
    );
  }
}

/** Adds those of the places that are as strong as `weakest`, but not as `strongest`, and are good keypoints. */
function addExtrema(
  found: Extremum[],
  places: Int32Array,
  space: readonly Octave[],
  octave: number,
  level: number,
  valid: Uint8Array,
  weakest: number,
  strongest: number,
): void {
  const { differences, pixel } = space[octave]!;
  const image = space[0]!.levels[0]!;
  const { width, data: here } = differences[level]!;
  const below = differences[level - 1]!.data;
  const above = differences[level + 1]!.data;
  const sigma = sigmaOfLevel(level) * pixel;
  for (const at of places) {
    const strength = Math.abs(here[at]!);
    if (strength < weakest || strength >= strongest) continue;
    const offset = refine(here, at, width);
    if (!offset) continue;
    const x = ((at % width) + offset.x) * pixel;
    const y = (Math.floor(at / width) + offset.y) * pixel;
    if (!isValidAround(x, y, 1.5 * sigma, valid, image.width, image.height)) continue;
    const between = sigma * 2 ** (peak(below[at]!, here[at]!, above[at]!) / scalesPerOctave);
    found.push({ x, y, sigma: between, octave, level, strength });
  }
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
  return {
    x: nearMiddle((dxy * dy - dyy * dx) / determinant),
    y: nearMiddle((dxy * dx - dxx * dy) / determinant),
  };
}

/** An offset that does not leave a pixel by far. */
function nearMiddle(offset: number): number {
  return Math.max(-0.6, Math.min(0.6, offset));
}

/** Where a parabola through three neighbouring values has its extremum, in steps from the middle one. */
export function peak(before: number, here: number, after: number): number {
  const offset = (0.5 * (before - after)) / (before - 2 * here + after);
  return Math.max(-0.5, Math.min(0.5, offset));
}

function isValidAround(
  x: number,
  y: number,
  radius: number,
  valid: Uint8Array,
  width: number,
  height: number,
): boolean {
  for (const step of around) {
    const column = Math.round(x + radius * step.x);
    const row = Math.round(y + radius * step.y);
    if (column < 0 || row < 0 || column >= width || row >= height) continue;
    if (valid[row * width + column] === 0) return false;
  }
  return true;
}
