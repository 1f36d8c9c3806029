import type { GroupTotals } from './grouped-mean.ts';
import { root } from './root.ts';

/**
 * Images right in groups whose own rates are beta distributed around one mean (Skellam 1948; Williams 1975, Biometrics 31):
 * how alike two images of a group are, by maximum likelihood, for any mean that they might have.
 */
export class BetaBinomial {
  /** At k: groups with more than k images, with more than k that are right, with more than k that are wrong. */
  readonly #images: Uint32Array;
  readonly #right: Uint32Array;
  readonly #wrong: Uint32Array;
  /** Groups with both right and wrong images. */
  readonly #mixed: number;

  /** Sums are taken as whole images. */
  constructor(groups: readonly Pick<GroupTotals, 'sum' | 'size'>[]) {
    const counts = groups.map(({ sum, size }) => ({ size, right: Math.round(sum) }));
    const largest = Math.max(...counts.map(({ size }) => size));
    this.#images = moreThan(
      counts.map(({ size }) => size),
      largest,
    );
    this.#right = moreThan(
      counts.map(({ right }) => right),
      largest,
    );
    this.#wrong = moreThan(
      counts.map(({ size, right }) => size - right),
      largest,
    );
    this.#mixed = counts.filter(({ size, right }) => right > 0 && right < size).length;
  }

  /** The likeliest intra-class correlation, 0 to 1, if a fraction `mean` (inside (0, 1)) of all images were right. */
  correlationAt(mean: number): number {
    if (this.#mixed === 0) return 1;
    if (this.#slope(mean, 0) <= 0) return 0;
    return root((correlation) => this.#slope(mean, correlation), 0, 1, 1e-6);
  }

  /** How the log likelihood changes with the correlation, 0 to 1, times 1 - correlation. */
  #slope(mean: number, correlation: number): number {
    const rest = 1 - correlation;
    let slope = 0;
    for (let k = 1; k < this.#images.length; k++) {
      const alike = k * correlation;
      slope +=
        (this.#right[k]! * (k - mean)) / (mean * rest + alike) +
        (this.#wrong[k]! * (k - 1 + mean)) / ((1 - mean) * rest + alike) -
        (this.#images[k]! * (k - 1)) / (rest + alike);
    }
    return rest * slope - this.#mixed;
  }
}

/** At k, how many of the counts are above k; for k below `length`. */
function moreThan(counts: readonly number[], length: number): Uint32Array {
  const above = new Uint32Array(length);
  for (const count of counts) if (count > 0) above[count - 1]!++;
  for (let k = length - 2; k >= 0; k--) above[k]! += above[k + 1]!;
  return above;
}
