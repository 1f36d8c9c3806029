import { balancedAccuracyOf } from '../balanced-accuracy.ts';
import { crossEntropy } from '../cross-entropy.ts';
import { macroF1Of } from '../macro-f1.ts';
import { predictedClasses, type Clusters, type Predictions } from '../predictions.ts';
import type { ClassCounts } from '../scored.ts';

/** How good a trial is where each group of images counts so many times; more is better. */
export type GroupScore = (weights: Float64Array) => number;

type MakeScore = (predictions: Predictions, clusters: Clusters) => GroupScore;

/**
 * How metrics score a trial from what each group adds to them: sums over images of accuracy and of the loss, of the others how many
 * images of each class are in a group, were predicted as it, and both. Ranks of all images, as the AUC has them, and bins of
 * confidence do not add up so.
 */
const scores = {
  accuracy: (predictions, clusters) => {
    const predicted = predictedClasses(predictions);
    return scoreOfSums(clusters, (i) => Number(predicted[i] === predictions.labels[i]));
  },
  loss: ({ labels, probabilities }, clusters) =>
    scoreOfSums(clusters, (i) => -crossEntropy([labels[i]!], [probabilities[i]!])),
  balanced_accuracy: scoreOfCounts(balancedAccuracyOf),
  macro_f1: scoreOfCounts(macroF1Of),
} satisfies Record<string, MakeScore>;

/** A metric by which a choice among trials can be made again and again on groups that are drawn. */
export type GroupMetric = keyof typeof scores;

export const groupMetrics = Object.keys(scores) as readonly GroupMetric[];

/** The score of each of some trials by a metric. */
export function groupScores(
  trials: readonly Predictions[],
  clusters: Clusters,
  by: GroupMetric,
): readonly GroupScore[] {
  return trials.map((trial) => scores[by](trial, clusters));
}

function scoreOfSums({ ofImage, count }: Clusters, valueOf: (image: number) => number): GroupScore {
  const sums = new Float64Array(count);
  for (const [image, group] of ofImage.entries()) sums[group]! += valueOf(image);
  return (weights) => {
    let total = 0;
    for (let group = 0; group < count; group++) total += weights[group]! * sums[group]!;
    return total;
  };
}

function scoreOfCounts(metric: (counts: ClassCounts) => number): MakeScore {
  return (predictions, { ofImage }) => {
    const classes = predictions.probabilities[0]!.length;
    const kinds = kindsOfImages(predictions, ofImage);
    return (weights) => {
      const empty = () => new Float64Array(classes);
      const counts = { support: empty(), predicted: empty(), right: empty() };
      for (const { group, label, predicted, images } of kinds) {
        const times = weights[group]! * images;
        if (times === 0) continue;
        counts.support[label]! += times;
        counts.predicted[predicted]! += times;
        if (label === predicted) counts.right[label]! += times;
      }
      return metric(counts);
    };
  };
}

/** How many images of a group are of one class and were predicted as another, or the same. */
interface Kind {
  readonly group: number;
  readonly label: number;
  readonly predicted: number;
  images: number;
}

function kindsOfImages(predictions: Predictions, ofImage: Int32Array): Kind[] {
  const kinds = new Map<string, Kind>();
  for (const [i, predicted] of predictedClasses(predictions).entries()) {
    const [group, label] = [ofImage[i]!, predictions.labels[i]!];
    const key = `${group} ${label} ${predicted}`;
    const known = kinds.get(key);
    if (known) known.images++;
    else kinds.set(key, { group, label, predicted, images: 1 });
  }
  return [...kinds.values()];
}
