import type { GroupTotals } from './grouped-mean.ts';
import { root } from './root.ts';

/**
 * Images right in groups whose own rates are beta distributed around one mean (Skellam 1948; Williams 1975, Biometrics 31):
 * how likely an intra-class correlation is, for any mean that they might have.
 */
export class BetaBinomial {
  /** At k: groups with more than k images, with more than k that are right, with more than k that are wrong. */
  readonly #images: Uint32Array;
  readonly #right: Uint32Array;
  readonly #wrong: Uint32Array;
  /** Groups with both right and wrong images. */
  readonly #mixed: number;
  /** Images of an image's group, on average over images. */
  readonly #size: number;

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
    this.#size =
      counts.reduce((sum, { size }) => sum + size ** 2, 0) / counts.reduce((sum, { size }) => sum + size, 0);
    this.#mixed = counts.filter(({ size, right }) => right > 0 && right < size).length;
  }

  /**
   * How the log likelihood changes with the correlation, 0 to 1, times 1 - correlation. `mean` is inside (0, 1); as far as it
   * is `fitted` to these groups, 0 to 1, they look more alike than they are, for which the likelihood is adjusted.
   * Source: Cox and Reid (1987), Parameter orthogonality and approximate conditional inference, Journal of the Royal
   * Statistical Society B 49.
   */
  slope(mean: number, correlation: number, fitted: number): number {
    const rest = 1 - correlation;
    let slope = (fitted * (this.#size - 1)) / (2 * (rest + this.#size * correlation));
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

/**
 * The likeliest intra-class correlations, 0 to 1, of strata if these were their means. Those of several are taken for alike,
 * their log-odds normal with a deviation of 1 (a factor of 2.7) around that which all together have, so a stratum of few
 * groups is judged by the others too and one of many by itself. A mean of 0 or 1 says nothing of correlation. For `fitted`,
 * one a stratum, see `BetaBinomial.slope`.
 * Source: empirical Bayes, Morris (1983), Parametric empirical Bayes inference, JASA 78; the deviation is chosen by
 * simulation, bench/coverage.ts.
 */
export function likeliestCorrelations(
  strata: readonly BetaBinomial[],
  means: readonly number[],
  fitted: readonly number[],
): number[] {
  const slopes = strata.map((stratum, h) => (correlation: number) => {
    const mean = means[h]!;
    return mean > 0 && mean < 1 ? stratum.slope(mean, correlation, fitted[h]!) : 0;
  });
  const together = zeroOf((correlation) => slopes.reduce((sum, slope) => sum + slope(correlation), 0));
  if (strata.length === 1 || together === 0 || together === 1) return strata.map(() => together);
  return slopes.map((slope) =>
    zeroOf((correlation) => correlation * slope(correlation) - (logit(correlation) - logit(together))),
  );
}

/** Where a falling function of a correlation is 0; 0 or 1 where it is below or above 0 throughout. */
function zeroOf(slope: (correlation: number) => number): number {
  if (slope(0) <= 0) return 0;
  return slope(1) >= 0 ? 1 : root(slope, 0, 1, 1e-6);
}

const logit = (share: number) => Math.log(share / (1 - share));

/** At k, how many of the counts are above k; for k below `length`. */
function moreThan(counts: readonly number[], length: number): Uint32Array {
  const above = new Uint32Array(length);
  for (const count of counts) if (count > 0) above[count - 1]!++;
  for (let k = length - 2; k >= 0; k--) above[k]! += above[k + 1]!;
  return above;
}
