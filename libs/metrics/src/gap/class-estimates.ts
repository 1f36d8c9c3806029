import { clusterInterval } from '../intervals/cluster-interval.ts';
import type { Estimate } from '../intervals/difference.ts';
import { sumByGroup, type GroupNumbers } from '../predictions.ts';

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
  predicted: ArrayLike<number>,
  groups: GroupNumbers,
): ClassEstimates {
  const right = sumByGroup(groups, (i) => Number(labels[i] === index && predicted[i] === index));
  const support = sumByGroup(groups, (i) => Number(labels[i] === index));
  const positives = sumByGroup(groups, (i) => Number(predicted[i] === index));
  return {
    precision: ratio(right, positives).value,
    recall: ratio(right, support),
    f1: ratio(
      right.map((value) => 2 * value),
      support.map((value, group) => value + positives[group]!),
    ),
    support: total(support),
    groups: support.filter((value) => value > 0).length,
  };
}

function ratio(numerators: Float64Array, denominators: Float64Array): Estimate {
  if (total(denominators) === 0) return { value: 0, ci95: null };
  return {
    value: total(numerators) / total(denominators),
    ci95: clusterInterval(numerators, denominators),
  };
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
