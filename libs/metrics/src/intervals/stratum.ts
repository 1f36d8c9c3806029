import { BetaBinomial } from './beta-binomial.ts';
import type { GroupTotals } from './grouped-mean.ts';
import { wilsonInterval } from './wilson.ts';

/** What a stratum would be like at one end of its interval. */
export interface StratumEnd {
  readonly mean: number;
  /** Variance that the fraction found would have. */
  readonly variance: number;
  /** Its third central moment. */
  readonly third: number;
  /** The part of it that is from groups being unlike, 0 to 1; the rest is that of independent images. */
  readonly between: number;
}

/** Groups drawn from one population, and the means at which the fraction found in them lies just so far away. */
export class Stratum {
  readonly images: number;
  readonly groups: number;
  /** Of the images, those that are right. */
  readonly fraction: number;
  readonly model: BetaBinomial;
  /** Sums over groups of their images squared and cubed. */
  readonly #squares: number;
  readonly #cubes: number;

  /** Needs a group. */
  constructor(groups: readonly GroupTotals[]) {
    let [right, images, squares, cubes] = [0, 0, 0, 0];
    for (const { sum, size } of groups) {
      right += sum;
      images += size;
      squares += size ** 2;
      cubes += size ** 3;
    }
    this.images = images;
    this.groups = groups.length;
    this.fraction = right / images;
    this.model = new BetaBinomial(groups);
    this.#squares = squares;
    this.#cubes = cubes;
  }

  /**
   * The mean below (`side` 0) or above (1) the fraction found from which it is `deviations` away, if that were the intra-class
   * correlation. As far as a mean is `fitted`, 0 to 1, its variance in n trials seems 1 / n smaller than it is, which is added
   * again, as Miettinen and Nurminen do for two proportions.
   */
  end(side: 0 | 1, deviations: number, correlation: number, fitted: number): StratumEnd {
    const within = this.images * (1 - correlation);
    const between = this.#squares * correlation;
    const worth = this.images ** 2 / (within + between) - fitted;
    const mean = wilsonInterval(this.fraction, worth, deviations)![side];
    return {
      mean,
      variance: (mean * (1 - mean)) / worth,
      third: mean * (1 - mean) * (1 - 2 * mean) * this.#thirdAt(correlation),
      between: between / (within + between),
    };
  }

  /** Of the beta-binomial distribution: images n (1 + (n - 1) r) (1 + (2 n - 1) r) / (1 + r) of each group. */
  #thirdAt(correlation: number): number {
    const { images } = this;
    const [squares, cubes] = [this.#squares, this.#cubes];
    const unlike =
      correlation * (3 * squares - 2 * images) + correlation ** 2 * (2 * cubes - 3 * squares + images);
    return (images + unlike) / ((1 + correlation) * images ** 3);
  }
}
