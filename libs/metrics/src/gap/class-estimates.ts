import { clusterInterval } from '../intervals/cluster-interval.ts';
import type { Estimate } from '../intervals/difference.ts';
import { groupedMean } from '../intervals/grouped-mean.ts';
import { logOddsInterval } from '../intervals/log-odds-interval.ts';
import { unanimousInterval } from '../intervals/unanimous-interval.ts';
import type { Interval } from '../intervals/wilson.ts';
import { groupTotals, type Clusters } from '../predictions.ts';

/** One class's scores; 0 where they are 0/0, as scikit-learn has them, and then without an interval. */
export interface ClassEstimates {
  readonly precision: number;
  readonly recall: Estimate;
  readonly f1: Estimate;
  readonly support: number;
  /** Groups that hold images of the class. */
  readonly groups: number;
}

/** The scores of class `index`, with intervals that take groups for what was drawn. */
export function classEstimates(
  index: number,
  labels: ArrayLike<number>,
  predicted: readonly number[],
  clusters: Clusters,
): ClassEstimates {
  const ofClass = groupTotals(clusters, (i) => (labels[i] === index ? Number(predicted[i] === index) : null));
  const support = ofClass.reduce((sum, group) => sum + group.size, 0);
  const right = ofClass.reduce((sum, group) => sum + group.sum, 0);
  const positives = predicted.filter((value) => value === index).length;
  const f1 = divide(2 * right, support + positives);
  return {
    precision: divide(right, positives),
    recall: { value: divide(right, support), ci95: clusterInterval(ofClass) },
    f1: { value: f1, ci95: f1Interval(f1, index, labels, predicted, clusters) },
    support,
    groups: ofClass.length,
  };
}

/**
 * 95 % interval of F1 = 2 tp / (2 tp + fp + fn), inside [0, 1]: Student's t on the log-odds, from what each image adds to
 * the ratio when groups are drawn (its linearisation). Null where F1 is 0/0 and where there are fewer than two groups.
 */
function f1Interval(
  f1: number,
  index: number,
  labels: ArrayLike<number>,
  predicted: readonly number[],
  clusters: Clusters,
): Interval | null {
  const times = (i: number) => Number(labels[i] === index) + Number(predicted[i] === index);
  const touched = groupTotals(clusters, (i) => (times(i) > 0 ? times(i) / 2 : null));
  if (touched.length === 0 || clusters.count < 2) return null;
  if (f1 === 0 || f1 === 1) return touched.length < 2 ? null : unanimousInterval(f1, touched);
  const total = touched.reduce((sum, group) => sum + 2 * group.sum, 0);
  const scale = labels.length / total;
  const added = groupTotals(clusters, (i) => {
    const both = labels[i] === index && predicted[i] === index ? 2 : 0;
    return (both - f1 * times(i)) * scale;
  });
  return logOddsInterval({ ...groupedMean(added), mean: f1 });
}

function divide(numerator: number, denominator: number): number {
  return denominator === 0 ? 0 : numerator / denominator;
}
