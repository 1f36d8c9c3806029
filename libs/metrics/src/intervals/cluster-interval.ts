import { studentQuantile } from './student-t.ts';
import { wilsonInterval, type Interval } from './wilson.ts';

/**
 * 95 % interval of a fraction whose parts come in groups: the sum of `numerators` over the sum of `denominators`, one of
 * each a group, 0 <= numerator <= denominator. Accuracy (right images of all), recall, precision and F1
 * (2 tp of 2 tp + fp + fn) are such fractions. It stays inside [0, 1].
 *
 * Groups are drawn, images are not: the variance is that of the groups' totals around the fraction (linearised ratio,
 * Cochran 1977), corrected for how few and how unequal the groups are by the bias and the degrees of freedom (Bell and
 * McCaffrey 2002; Imbens and Kolesár 2016, with the intra-class correlation estimated by analysis of variance), and never
 * taken below that of independent images. The interval is Student's t on the log-odds. Groups with denominator 0 are left
 * out. Where all or none are right the variance is unknown: Wilson's interval of as many trials as the groups are worth
 * (Kish), with Student's quantile. Where every group holds one: Wilson's interval.
 *
 * Null where the groups are fewer than two (unless they hold one image each): how much groups differ cannot be seen in
 * one. Chosen by simulation against the percentile bootstrap, bootstrap-t and others: bench/coverage.ts.
 */
export function clusterInterval(
  numerators: ArrayLike<number>,
  denominators: ArrayLike<number>,
): Interval | null {
  const groups: { numerator: number; denominator: number }[] = [];
  for (let g = 0; g < denominators.length; g++) {
    const denominator = denominators[g]!;
    if (denominator > 0) groups.push({ numerator: numerators[g]!, denominator });
  }
  const total = sum(groups, (group) => group.denominator);
  const fraction = sum(groups, (group) => group.numerator) / total;
  if (groups.every((group) => group.denominator === 1)) return wilsonInterval(fraction, total);
  if (groups.length < 2) return null;

  const weights = groups.map((group) => group.denominator / total);
  if (fraction === 0 || fraction === 1) {
    const { freedom } = quadraticForm(
      weights,
      groups.map(() => 1),
    );
    const worth = 1 / sum(weights, (weight) => weight * weight);
    return wilsonInterval(fraction, worth, studentQuantile(0.975, freedom));
  }
  const correlation = intraClassCorrelation(groups, total, fraction);
  const variances = groups.map(({ denominator }) => correlation + (1 - correlation) / denominator);
  const { freedom, bias } = quadraticForm(weights, variances);
  const spread =
    sum(groups, (group) => (group.numerator - fraction * group.denominator) ** 2) / (total * total);
  const independent = (fraction * (1 - fraction)) / total;
  const deviation = Math.sqrt(Math.max(spread * bias, independent));
  const half = (studentQuantile(0.975, freedom) * deviation) / (fraction * (1 - fraction));
  const middle = Math.log(fraction / (1 - fraction));
  return [1 / (1 + Math.exp(half - middle)), 1 / (1 + Math.exp(-middle - half))];
}

/**
 * What to expect of the sum of squared residuals, weights² (rate - mean)², of independent groups with these variances:
 * the factor that makes it the variance of the mean, and its degrees of freedom after Satterthwaite.
 */
function quadraticForm(
  weights: readonly number[],
  variances: readonly number[],
): { bias: number; freedom: number } {
  let ofMean = 0;
  for (const [i, w] of weights.entries()) ofMean += w * w * variances[i]!;
  let trace = 0;
  let [w2, w2u, w2u2, diagonal] = [0, 0, 0, 0];
  for (const [i, w] of weights.entries()) {
    const v = variances[i]!;
    const u = w * v;
    const square = w * w;
    trace += square * (v - 2 * u + ofMean);
    w2 += square;
    w2u += square * u;
    w2u2 += square * u * u;
    diagonal += square * square * (v * v + 2 * v * (ofMean - 2 * u));
  }
  // The trace of the squared form, whose entries off the diagonal are products: no groups-by-groups matrix is needed.
  const traceOfSquare =
    ofMean ** 2 * w2 ** 2 + 2 * w2 * w2u2 - 4 * ofMean * w2 * w2u + 2 * w2u ** 2 + diagonal;
  return { bias: ofMean / trace, freedom: trace ** 2 / traceOfSquare };
}

/**
 * How alike two images of a group are in being right, 0 to 1: the analysis-of-variance estimate for binary outcomes in
 * groups of unequal size (Ridout, Demétrio and Firth 1999, Biometrics 55), cut to [0, 1].
 */
function intraClassCorrelation(
  groups: readonly { numerator: number; denominator: number }[],
  total: number,
  fraction: number,
): number {
  const rate = (group: { numerator: number; denominator: number }) => group.numerator / group.denominator;
  const between =
    sum(groups, (group) => group.denominator * (rate(group) - fraction) ** 2) / (groups.length - 1);
  const within = sum(groups, (group) => group.numerator * (1 - rate(group))) / (total - groups.length);
  const size = (total - sum(groups, (group) => group.denominator ** 2) / total) / (groups.length - 1);
  const estimate = (between - within) / (between + (size - 1) * within);
  // 0/0 where the rates are all the fraction and 0 or 1, which the caller rules out.
  return Math.min(1, Math.max(0, estimate));
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
