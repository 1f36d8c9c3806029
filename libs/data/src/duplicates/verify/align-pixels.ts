import type { ImageStore } from '../image-store.ts';
import type { Affinity } from './affinity.ts';
import type { BlockPulls } from './block-pulls.ts';
import type { ResampledPlates } from './resampled-plate.ts';
import { terms, warpOf, type Warp } from './warp.ts';

/** Terms of the warp that each round fits. */
const rounds = { affine: [3, 3], all: [terms, terms] };
/** Pixels by which a step may move the image's corners before it is thought to run away, and at which it has arrived. */
const farthest = 6;
const arrived = { affine: 0.3, all: 0.08 };

const most = 2 * terms;
const width = most + 1;

/** Brings two plates together that are drawn one after another. */
export class PixelAligner {
  readonly #plates: ResampledPlates;
  readonly #pulls: BlockPulls;
  /** Normal equations row by row, the right side last. */
  readonly #normal = new Float64Array(most * width);

  constructor(plates: ResampledPlates, pulls: BlockPulls) {
    this.#plates = plates;
    this.#pulls = pulls;
  }

  /**
   * The warp near `start` (between the plates of `a` and `b`) under which their pixels agree best: Gauss and Newton's method on the
   * differences (Lucas and Kanade 1981), with the brightness and contrast of every block fitted, and without blocks that show
   * something else. Leaves the plates drawn under it. From an affine map it finds the best affine map, from a warp, which
   * the plates are drawn under already, the best warp.
   */
  align(store: ImageStore, a: number, b: number, start: Affinity | Warp, isInverted: boolean): Warp {
    const isWarp = 'coefficients' in start;
    const warp = isWarp ? start : warpOf(start, store.sizes[a * 4 + 1]!, store.sizes[a * 4 + 2]!);
    if (!isWarp) this.#plates.draw(store, a, b, warp, isInverted);
    const kind = isWarp ? 'all' : 'affine';
    for (const count of rounds[kind]) {
      const step = this.#step(warp, count);
      if (!step) break;
      for (const [i, value] of step.entries()) warp.coefficients[i]! += value;
      this.#plates.draw(store, a, b, warp, isInverted);
      if (movement(step) < arrived[kind]) break;
    }
    return warp;
  }

  /** What to add to the first `count` terms of a warp that the plates were drawn under; null if nothing holds it. */
  #step(warp: Warp, count: number): Float64Array | null {
    const pulls = this.#pulls;
    const { middleX, middleY, scale } = warp;
    this.#normal.fill(0);
    pulls.under(warp);
    let used = 0;
    for (let row = 0; row < pulls.rows; row++) {
      for (let column = 0; column < pulls.columns; column++) {
        if (!pulls.ask(column, row)) continue;
        used++;
        const [x, y] = pulls.middleOf(column, row);
        accumulate(this.#normal, pulls, (x - middleX) * scale, (y - middleY) * scale, count);
      }
    }
    if (used < 4) return null;
    const step = solve(this.#normal, 2 * count);
    if (!step) return null;
    const all = new Float64Array(2 * terms);
    all.set(step.subarray(0, count));
    all.set(step.subarray(count), terms);
    return movement(all) < farthest ? all : null;
  }
}

/** How far a step moves a corner at most, in pixels. */
function movement(step: Float64Array): number {
  let [x, y] = [0, 0];
  for (let i = 0; i < terms; i++) {
    x += Math.abs(step[i]!);
    y += Math.abs(step[terms + i]!);
  }
  return Math.hypot(x, y);
}

const row = new Float64Array(terms);

/** Adds one block's share to the normal equations, above their diagonal: the terms hardly change within it. */
function accumulate(normal: Float64Array, pulls: BlockPulls, u: number, v: number, count: number): void {
  const { xx, xy, yy, xe, ye } = pulls;
  row[0] = 1;
  row[1] = u;
  row[2] = v;
  row[3] = u * u;
  row[4] = u * v;
  row[5] = v * v;
  for (let i = 0; i < count; i++) {
    const [upper, lower] = [i * width, (count + i) * width];
    for (let j = 0; j < count; j++) {
      const both = row[i]! * row[j]!;
      normal[upper + count + j]! += xy * both;
      if (j < i) continue;
      normal[upper + j]! += xx * both;
      normal[lower + count + j]! += yy * both;
    }
    normal[upper + most]! += xe * row[i]!;
    normal[lower + most]! += ye * row[i]!;
  }
}

/** Solves `size` normal equations by Cholesky's method, held a little towards no step; null where nothing holds the map. */
function solve(normal: Float64Array, size: number): Float64Array | null {
  let trace = 0;
  for (let i = 0; i < size; i++) trace += normal[i * width + i]!;
  if (!(trace > 0)) return null;
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = normal[j * width + i]! + (i === j ? 0.0005 * trace : 0);
      for (let k = 0; k < j; k++) sum -= lower[i * size + k]! * lower[j * size + k]!;
      lower[i * size + j] = i === j ? Math.sqrt(sum) : sum / lower[j * size + j]!;
    }
  }
  const x = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let sum = normal[i * width + most]!;
    for (let k = 0; k < i; k++) sum -= lower[i * size + k]! * x[k]!;
    x[i] = sum / lower[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = x[i]!;
    for (let k = i + 1; k < size; k++) sum -= lower[k * size + i]! * x[k]!;
    x[i] = sum / lower[i * size + i]!;
  }
  return x;
}
