import { BetaBinomial } from './beta-binomial.ts';
import type { GroupTotals } from './grouped-mean.ts';
import { wilsonInterval } from './wilson.ts';

/** What a stratum would be like at one end of its interval. */
export interface StratumEnd {
  readonly mean: number;
  /** The likeliest intra-class correlation for that mean. */
  readonly correlation: number;
  /** Variance that the fraction found would have. */
  readonly variance: number;
  /** The part of it that is from groups being unlike, 0 to 1; the rest is that of independent images. */
  readonly between: number;
}

/** Groups drawn from one population, and the means at which the fraction found in them lies just so far away. */
export class Stratum {
  readonly images: number;
  readonly groups: number;
  /** Of the images, those that are right. */
  readonly fraction: number;
  readonly #squares: number;
  readonly #model: BetaBinomial;

  /** Needs a group. */
  constructor(groups: readonly GroupTotals[]) {
    let [right, images, squares] = [0, 0, 0];
    for (const { sum, size } of groups) {
      right += sum;
      images += size;
      squares += size * size;
    }
    this.images = images;
    this.groups = groups.length;
    this.fraction = right / images;
    this.#squares = squares;
    this.#model = new BetaBinomial(groups);
  }

  /**
   * The mean below (`side` 0) or above (1) the fraction found from which it is away by the root of `limit` deviations, if
   * that were the intra-class correlation. The variance from groups being unlike is multiplied by `inflation`, 1 or more.
   */
  end(side: 0 | 1, limit: number, correlation: number, inflation: number): StratumEnd {
    const within = this.images * (1 - correlation);
    const between = this.#squares * correlation * inflation;
    const worth = this.images ** 2 / (within + between);
    const mean = wilsonInterval(this.fraction, worth, Math.sqrt(limit))![side];
    return {
      mean,
      correlation: mean > 0 && mean < 1 ? this.#model.correlationAt(mean) : correlation,
      variance: (mean * (1 - mean)) / worth,
      between: between / (within + between),
    };
  }
}
