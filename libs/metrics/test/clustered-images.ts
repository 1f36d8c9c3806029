import type { Random } from '@thaw/base';
import type { Predictions } from '../src/index.ts';

/** Images in groups whose members tend to be right or wrong together. */
export interface Layout {
  /** Images of each group. */
  readonly sizes: readonly number[];
  /** The chance that an image is right: the truth that intervals are to cover. */
  readonly accuracy: number;
  /** Intra-class correlation of being right: 0 independent, 1 all alike in a group. */
  readonly correlation: number;
}

/** Images right in each group: binomial, with a rate that the group draws from a beta distribution. */
export function drawRight(random: Random, { sizes, accuracy, correlation }: Layout): number[] {
  return sizes.map((size) => {
    const rate = drawRate(random, accuracy, correlation);
    let right = 0;
    for (let i = 0; i < size; i++) right += Number(random.uniform() < rate);
    return right;
  });
}

/** A group's own accuracy: beta with this mean and this intra-class correlation. */
export function drawRate(random: Random, accuracy: number, correlation: number): number {
  if (correlation === 0) return accuracy;
  const sum = 1 / correlation - 1;
  const right = drawGamma(random, accuracy * sum);
  const wrong = drawGamma(random, (1 - accuracy) * sum);
  return right + wrong === 0 ? Number(random.uniform() < accuracy) : right / (right + wrong);
}

/** Marsaglia and Tsang (2000), ACM Transactions on Mathematical Software 26. */
function drawGamma(random: Random, shape: number): number {
  if (shape < 1) return drawGamma(random, shape + 1) * (1 - random.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = random.normal();
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Groups of 30 images, or of sizes whose logarithms spread evenly with a deviation of about 0.8. */
export function groupSizes(count: number, unequal: boolean): number[] {
  return Array.from({ length: count }, (_, g) =>
    unequal ? Math.max(1, Math.round(30 * Math.exp(0.8 * logisticQuantile((g + 0.5) / count)))) : 30,
  );
}

/** Near the normal distribution's quantile: the logistic one with the same deviation. */
function logisticQuantile(probability: number): number {
  return (Math.log(probability / (1 - probability)) * Math.sqrt(3)) / Math.PI;
}

export interface ClassLayout {
  /** Each class: the sizes of its groups, how often its images are right, and how alike a group's are. */
  readonly classes: readonly Layout[];
}

/** Predictions for groups of one class each; a wrong image is given any other class alike. */
export function drawPredictions(random: Random, { classes }: ClassLayout, name: string): Predictions {
  const labels: number[] = [];
  const groups: string[] = [];
  const probabilities: number[][] = [];
  for (const [label, layout] of classes.entries()) {
    for (const [g, right] of drawRight(random, layout).entries()) {
      for (let i = 0; i < layout.sizes[g]!; i++) {
        const predicted = i < right ? label : (label + 1 + random.int(classes.length - 1)) % classes.length;
        labels.push(label);
        groups.push(`${name} ${label} ${g}`);
        probabilities.push(classes.map((_, k) => (k === predicted ? 0.7 : 0.3 / (classes.length - 1))));
      }
    }
  }
  return { labels, probabilities, groups };
}

/** What predictions of a layout measure in the long run. */
export function truthOf({ classes }: ClassLayout): { accuracy: number; recall: number[]; f1: number[] } {
  const images = classes.map(({ sizes }) => sizes.reduce((sum, size) => sum + size, 0));
  const total = images.reduce((sum, count) => sum + count, 0);
  const right = classes.map(({ accuracy }, k) => accuracy * images[k]!);
  return {
    accuracy: right.reduce((sum, value) => sum + value, 0) / total,
    recall: classes.map(({ accuracy }) => accuracy),
    f1: classes.map((_, k) => {
      const mistaken = classes.reduce(
        (sum, _other, j) => (j === k ? sum : sum + (images[j]! - right[j]!) / (classes.length - 1)),
        0,
      );
      return (2 * right[k]!) / (images[k]! + right[k]! + mistaken);
    }),
  };
}
