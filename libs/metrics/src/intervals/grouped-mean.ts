/** What one group adds to a mean over all groups. */
export interface GroupTotals {
  /** Sum of its images' values. */
  readonly sum: number;
  /** Number of its images, more than 0. */
  readonly size: number;
  /** Sum of its images' squared values; for values 0 and 1, the sum. */
  readonly squares: number;
  /** Groups are drawn within strata, whose shares are as they are; see `clustersOf`. */
  readonly stratum: number;
}

export interface GroupedMean {
  readonly mean: number;
  /** Standard error of the mean. */
  readonly deviation: number;
  /** Degrees of freedom of that standard error. */
  readonly freedom: number;
}

/**
 * The mean over all images, how far it varies when groups are drawn and not images, and how well that is known.
 *
 * In each stratum the variance is that of the groups' sums around its mean (the linearised ratio: Cochran 1977, Sampling
 * techniques, 6.3), corrected for how few and how unequal the groups are, with its degrees of freedom, after Bell and
 * McCaffrey (2002), Survey Methodology 28, and with the intra-class correlation estimated as Imbens and Kolesár (2016),
 * Review of Economics and Statistics 98, propose. It is never less than that of as many independent images. Strata add
 * up with their shares, their degrees of freedom after Satterthwaite (1946); those of one group only are joined.
 * Needs two groups or more.
 */
export function groupedMean(groups: readonly GroupTotals[]): GroupedMean {
  const total = sum(groups, (group) => group.size);
  let [variance, uncertainty] = [0, 0];
  for (const stratum of strataOf(groups)) {
    const share = sum(stratum, (group) => group.size) / total;
    const own = stratumMean(stratum);
    const part = (share * own.deviation) ** 2;
    variance += part;
    uncertainty += part ** 2 / own.freedom;
  }
  return {
    mean: sum(groups, (group) => group.sum) / total,
    deviation: Math.sqrt(variance),
    freedom: variance === 0 ? worthOf(groups).freedom : variance ** 2 / uncertainty,
  };
}

/** Groups by stratum, each with two or more: the strata of one group are one, which joins the smallest if it is alone. */
export function strataOf(groups: readonly GroupTotals[]): GroupTotals[][] {
  const byStratum = new Map<number, GroupTotals[]>();
  for (const group of groups) {
    const stratum = byStratum.get(group.stratum);
    if (stratum) stratum.push(group);
    else byStratum.set(group.stratum, [group]);
  }
  const strata = [...byStratum.values()].filter((stratum) => stratum.length > 1);
  const alone = [...byStratum.values()].filter((stratum) => stratum.length === 1).flat();
  if (alone.length > 1 || strata.length === 0) strata.push(alone);
  else if (alone.length === 1) {
    strata.sort((a, b) => a.length - b.length)[0]!.push(...alone);
  }
  return strata.filter((stratum) => stratum.length > 0);
}

function stratumMean(groups: readonly GroupTotals[]): GroupedMean {
  const total = sum(groups, (group) => group.size);
  const mean = sum(groups, (group) => group.sum) / total;
  const independent = Math.max(0, sum(groups, (group) => group.squares) / total - mean ** 2) / total;
  const correlation = intraClassCorrelation(groups, total, mean);
  const weights = groups.map((group) => group.size / total);
  const variances = groups.map((group) => correlation + (1 - correlation) / group.size);
  const { ofMean, trace, freedom } = quadraticForm(weights, variances);
  const spread = sum(groups, (group) => (group.sum - mean * group.size) ** 2) / total ** 2;
  return {
    mean,
    deviation: Math.sqrt(Math.max((spread * ofMean) / trace, independent)),
    freedom: Math.max(1, freedom),
  };
}

/**
 * How many equal groups these are worth as if the images of a group were all alike (Kish 1965, Survey sampling), and the
 * degrees of freedom of a variance judged from them. Needs two groups or more.
 */
export function worthOf(groups: readonly GroupTotals[]): { groups: number; freedom: number } {
  const total = sum(groups, (group) => group.size);
  const { freedom, ofMean } = quadraticForm(
    groups.map((group) => group.size / total),
    groups.map(() => 1),
  );
  return { groups: 1 / ofMean, freedom: Math.max(1, freedom) };
}

/**
 * What to expect of the sum over groups of weight² (group's mean - mean)², where groups' means are independent with these
 * variances, the variance of their weighted mean, and the sum's degrees of freedom after Satterthwaite.
 */
function quadraticForm(weights: readonly number[], variances: readonly number[]) {
  const ofMean = weights.reduce((all, w, i) => all + w * w * variances[i]!, 0);
  let [trace, w2, w2u, w2u2, own] = [0, 0, 0, 0, 0];
  for (const [i, w] of weights.entries()) {
    const v = variances[i]!;
    const u = w * v;
    const square = w * w;
    trace += square * (v - 2 * u + ofMean);
    w2 += square;
    w2u += square * u;
    w2u2 += square * u * u;
    own += square * square * (v * v + 2 * v * (ofMean - 2 * u));
  }
  // The entries of the form's matrix off its diagonal are products, so sums do and no groups-by-groups matrix is needed.
  const ofSquare = ofMean ** 2 * w2 ** 2 + 2 * w2 * w2u2 - 4 * ofMean * w2 * w2u + 2 * w2u ** 2 + own;
  return { ofMean, trace, freedom: trace ** 2 / ofSquare };
}

/**
 * How alike two images of a group are, 0 to 1: the analysis-of-variance estimate for groups of unequal size (Ridout,
 * Demétrio and Firth 1999, Biometrics 55), cut to [0, 1]; 1 where the groups have one image each or all images are equal.
 */
function intraClassCorrelation(groups: readonly GroupTotals[], total: number, mean: number): number {
  if (total <= groups.length) return 1;
  let [between, within, squaredSizes] = [0, 0, 0];
  for (const { sum: ofGroup, size, squares } of groups) {
    between += size * (ofGroup / size - mean) ** 2;
    within += Math.max(0, squares - (ofGroup * ofGroup) / size);
    squaredSizes += size * size;
  }
  between /= groups.length - 1;
  within /= total - groups.length;
  const size = (total - squaredSizes / total) / (groups.length - 1);
  const variance = between + (size - 1) * within;
  return variance > 0 ? Math.min(1, Math.max(0, (between - within) / variance)) : 1;
}

function sum(groups: readonly GroupTotals[], value: (group: GroupTotals) => number): number {
  return groups.reduce((total, group) => total + value(group), 0);
}
