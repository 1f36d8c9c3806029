import { Random } from '@thaw/base';

/**
 * Halton's sequence: coordinate k is the index written in the k-th prime as base, mirrored at the point. With a seed each digit
 * is permuted (Owen 2017), without which coordinates of large bases run alike for long.
 */
export class HaltonSequence {
  readonly #bases: readonly number[];
  readonly #seed: number | null;
  readonly #permutations = new Map<string, readonly number[]>();

  constructor(dimensions: number, seed: number | null) {
    this.#bases = primes(dimensions);
    this.#seed = seed;
  }

  /** The point at an index from 0, its coordinates in [0, 1). */
  at(index: number): Float64Array {
    return Float64Array.from(this.#bases, (base, dimension) => {
      let [rest, unit, sum] = [index, 1 / base, 0];
      // Permuted, the zeros behind the last digit count, as far as a float64 tells them apart.
      for (let place = 0; this.#seed === null ? rest > 0 : unit > 2 ** -53; place++) {
        sum += unit * this.#digit(rest % base, base, dimension, place);
        rest = Math.floor(rest / base);
        unit /= base;
      }
      return Math.min(sum, 1 - 2 ** -53);
    });
  }

  #digit(digit: number, base: number, dimension: number, place: number): number {
    if (this.#seed === null) return digit;
    const key = `${dimension} ${place}`;
    let permutation = this.#permutations.get(key);
    if (permutation === undefined) {
      const digits = Array.from({ length: base }, (_, each) => each);
      permutation = new Random(this.#seed, 'halton', dimension, place).shuffle(digits);
      this.#permutations.set(key, permutation);
    }
    return permutation[digit]!;
  }
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let number = 2; found.length < count; number++)
    if (found.every((prime) => number % prime !== 0)) found.push(number);
  return found;
}
