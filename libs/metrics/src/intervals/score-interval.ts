import { BetaBinomial } from './beta-binomial.ts';
import type { GroupTotals } from './grouped-mean.ts';
import { normal975, type Interval } from './wilson.ts';

/**
 * 95 % interval of the fraction of images that are right, for groups drawn from one population: Wilson's score interval
 * with the variance of images in groups. It holds every mean from which the fraction found lies within 1.96 deviations,
 * where the deviation is the one that this mean would have, its intra-class correlation being the likeliest for it
 * (`BetaBinomial`). So few groups that happen to be alike do not make it narrow: another mean would say that they differ.
 *
 * Inside [0, 1], around the fraction found, 0 and 1 included. With one image a group it is Wilson's. Needs two groups.
 *
 * Source: Rao's score test of a proportion, Wilson (1927), JASA 22; its variance for clusters, Donner and Klar (1993),
 * Statistics in Medicine 12, and Saha, Miller and Wang (2016), A comparison of some approximate confidence intervals for a
 * single proportion for clustered binary outcome data, International Journal of Biostatistics 12.
 */
export function scoreInterval(groups: readonly GroupTotals[]): Interval {
  let [right, images, squares] = [0, 0, 0];
  for (const { sum, size } of groups) {
    right += sum;
    images += size;
    squares += size * size;
  }
  const found = right / images;
  const model = new BetaBinomial(groups);
  const fits = (mean: number) => {
    const correlation = model.correlationAt(mean);
    const variance = (mean * (1 - mean) * (images + (squares - images) * correlation)) / images ** 2;
    return (found - mean) ** 2 <= normal975 ** 2 * variance;
  };
  return [found <= 0 ? 0 : lastThatFits(found, 0, fits), found >= 1 ? 1 : lastThatFits(found, 1, fits)];
}

/** Between a value that fits and an end that does not, where fitting ends. */
function lastThatFits(inside: number, end: number, fits: (value: number) => boolean): number {
  let [near, far] = [inside, end];
  while (Math.abs(far - near) > 1e-9) {
    const middle = (near + far) / 2;
    if (fits(middle)) near = middle;
    else far = middle;
  }
  return near;
}
