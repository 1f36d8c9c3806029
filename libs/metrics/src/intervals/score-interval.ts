import { likeliestCorrelations } from './beta-binomial.ts';
import type { GroupTotals } from './grouped-mean.ts';
import { Stratum, type StratumEnd } from './stratum.ts';
import { studentQuantile } from './student-t.ts';
import { normal975, type Interval } from './wilson.ts';

/**
 * 95 % interval of the fraction of images that are right, for groups drawn within strata whose shares are as they are: the
 * score interval with the variance of images in groups. It holds every mean from which the fraction found lies within some
 * deviations (`deviationsAt`), where the deviation is the one that this mean would have: each stratum at the mean that it
 * would then have, its intra-class correlation the likeliest for that (`likeliestCorrelations`). So few groups that happen to
 * be alike do not make it narrow: another mean would say that they differ.
 *
 * Strata that together are k deviations off are likeliest off by w v / V of that distance, where w is a stratum's share of
 * the images, v its variance and V = sum of w² v the whole variance (the score equations: each stratum's score is
 * proportional to its share). So with f = w² v / V each stratum is at the end of its own interval at k √f deviations, and
 * since v depends on that, f is found by repetition. A mean that is a stratum's own, which it is to 1 - f, makes the stratum
 * look less variable than it is; the variance and the correlation are corrected for that.
 *
 * Inside [0, 1], around the fraction found, 0 and 1 included. Needs two groups in each stratum.
 *
 * Source: Rao's score test of a proportion, Wilson (1927), JASA 22; for clusters, Saha, Miller and Wang (2016), A
 * comparison of some approximate confidence intervals for a single proportion for clustered binary outcome data,
 * International Journal of Biostatistics 12; for strata, after Miettinen and Nurminen (1985), Comparative analysis of two
 * rates, Statistics in Medicine 4. The rest is derived here, and chosen by simulation, bench/coverage.ts.
 */
export function scoreInterval(groupsOfStrata: readonly (readonly GroupTotals[])[]): Interval {
  const strata = groupsOfStrata.map((groups) => new Stratum(groups));
  return [jointEnd(strata, 0), jointEnd(strata, 1)];
}

/** Some 15 do; more where few groups are nearly alike. */
const repetitions = 1000;

function jointEnd(strata: readonly Stratum[], side: 0 | 1): number {
  const models = strata.map(({ model }) => model);
  const images = strata.reduce((sum, stratum) => sum + stratum.images, 0);
  const shares = strata.map((stratum) => stratum.images / images);
  const together = (of: (h: number) => number) => shares.reduce((sum, share, h) => sum + share * of(h), 0);
  if (Math.abs(together((h) => strata[h]!.fraction) - side) < 1e-12) return side;
  // From outside: each stratum as far off as if it were alone, with groups all alike.
  let correlations = strata.map(() => 1);
  let parts = strata.map(() => 1);
  let deviations = normal975;
  let mean = Infinity;
  for (let i = 0; i < repetitions; i++) {
    const fitted = parts.map((part) => 1 - part);
    const ends = strata.map((stratum, h) =>
      stratum.end(side, deviations * Math.sqrt(parts[h]!), correlations[h]!, fitted[h]!),
    );
    const before = mean;
    mean = together((h) => ends[h]!.mean);
    if (Math.abs(mean - before) < 1e-8) break;
    correlations = likeliestCorrelations(
      models,
      ends.map((end) => end.mean),
      fitted,
    );
    const variance = together((h) => shares[h]! * ends[h]!.variance);
    const third = together((h) => shares[h]! ** 2 * ends[h]!.third);
    parts = ends.map((end, h) => (shares[h]! ** 2 * end.variance) / variance);
    deviations = deviationsAt(side, third / variance ** 1.5, limitOf(strata, ends, correlations, parts));
  }
  return mean;
}

/**
 * How many deviations off the lower (`side` 0) or the upper (1) end is: the root of `limit`, corrected for the skewness of
 * the fraction found, so that the truth is as seldom below as above. Of a correction that makes the interval wider, half:
 * that end is near 0 or 1, and fractions that were found there are often so near that the other end can hardly miss. Where
 * the fraction is so skewed that the correction, the first of a series, says nothing any more, it is cut.
 * Source: Gart and Nam (1988), Approximate interval estimation of the ratio of binomial parameters: a review and corrections
 * for skewness, Biometrics 44; Cornish and Fisher (1938), Revue de l'Institut International de Statistique 5; the half by
 * simulation, bench/coverage.ts.
 */
function deviationsAt(side: 0 | 1, skewness: number, limit: number): number {
  const correction = ((side === 0 ? skewness : -skewness) * (limit - 1)) / 6;
  return Math.max(1, Math.sqrt(limit) + (correction > 0 ? correction / 2 : correction));
}

/**
 * How many squared deviations off are still inside: 1.96² where the deviation is known from the mean, that of independent
 * images or of groups all alike; Student's where it is estimated from rates that spread as a normal distribution. Of the
 * means of K groups, normal and with no other variance, the squared deviations by Wilson's reckoning are
 * K t² / (K - 1 + t²) where Student's t holds. Between the two by the kurtosis of a beta distribution around a half, 3 at
 * correlation 0 and 1 at correlation 1, and the less the nearer the rates are to 0 or 1, where they are skewed.
 */
function limitOf(
  strata: readonly Stratum[],
  ends: readonly StratumEnd[],
  correlations: readonly number[],
  parts: readonly number[],
): number {
  let [estimated, uncertainty] = [0, 0];
  for (const [h, { mean, between }] of ends.entries()) {
    const correlation = correlations[h]!;
    const flat = (1 - correlation) / (1 + 2 * correlation);
    estimated += parts[h]! * between * flat * 4 * mean * (1 - mean);
    uncertainty += parts[h]! ** 2 / (strata[h]!.groups - 1);
  }
  const freedom = 1 / uncertainty;
  const square = studentQuantile(0.975, freedom) ** 2;
  const students = ((freedom + 1) * square) / (freedom + square);
  return normal975 ** 2 + estimated * (students - normal975 ** 2);
}
