import { Random } from '@thaw/base';
import { sobolBits, sobolDirections } from './sobol-directions.ts';

/**
 * Sobol's sequence: of its points from 0, any power of two fills the cube evenly. With a seed it is scrambled (Matoušek 1998:
 * linear, with a shift), which keeps that and makes each point uniform. Coordinates beyond the published direction numbers are
 * drawn at random.
 */
export class SobolSequence {
  readonly #dimensions: number;
  readonly #seed: number | null;
  readonly #directions: readonly Uint32Array[];
  readonly #shifts: readonly number[];

  /** Throws RangeError for more coordinates than are published, without a seed. */
  constructor(dimensions: number, seed: number | null) {
    if (seed === null && dimensions > sobolDirections.length)
      throw new RangeError(`${dimensions} coordinates; ${sobolDirections.length} have direction numbers`);
    this.#dimensions = dimensions;
    this.#seed = seed;
    const plain = sobolDirections.slice(0, dimensions);
    if (seed === null) {
      this.#directions = plain;
      this.#shifts = plain.map(() => 0);
      return;
    }
    const streams = plain.map((_, dimension) => new Random(seed, 'sobol', dimension));
    this.#directions = plain.map((directions, dimension) => scrambled(directions, streams[dimension]!));
    this.#shifts = streams.map((random) => random.int(2 ** 31) * 2 + random.int(2));
  }

  /** The point at an index below 2^32, its coordinates in [0, 1). */
  at(index: number): Float64Array {
    // Each index changes one bit of Gray's code (Antonov and Saleev 1979), as SciPy orders the points.
    const code = (index ^ (index >>> 1)) >>> 0;
    const point = new Float64Array(this.#dimensions);
    for (const [dimension, directions] of this.#directions.entries()) {
      let bits = this.#shifts[dimension]!;
      for (let bit = 0; code >>> bit > 0 && bit < sobolBits; bit++)
        if ((code >>> bit) & 1) bits ^= directions[bit]!;
      point[dimension] = (bits >>> 0) / 2 ** sobolBits;
    }
    const published = this.#directions.length;
    if (published === this.#dimensions) return point;
    const random = new Random(this.#seed!, 'beyond', index);
    return point.map((coordinate, dimension) => (dimension < published ? coordinate : random.uniform()));
  }
}

/** Adds to each bit of a coordinate a random choice of the higher ones. */
function scrambled(directions: Uint32Array, random: Random): Uint32Array {
  const rows = Array.from({ length: sobolBits }, (_, place) => {
    const own = 2 ** (sobolBits - 1 - place);
    const higher = place === 0 ? 0 : random.int(2 ** place) * 2 * own;
    return (own + higher) >>> 0;
  });
  return directions.map((direction) =>
    rows.reduce((sum, row, place) => sum + parity(row & direction) * 2 ** (sobolBits - 1 - place), 0),
  );
}

function parity(bits: number): number {
  let folded = bits ^ (bits >>> 16);
  for (const width of [8, 4, 2, 1]) folded ^= folded >>> width;
  return folded & 1;
}
