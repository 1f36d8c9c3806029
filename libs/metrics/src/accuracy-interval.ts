import { clusterInterval } from './intervals/cluster-interval.ts';
import type { Estimate } from './intervals/difference.ts';
import { numberGroups, predictedClasses, sumByGroup, type Predictions } from './predictions.ts';

/**
 * Accuracy and its 95 % interval, which takes groups for what was drawn (`clusterInterval`): Wilson's where every image
 * is its own group, null where there is one group only. Throws RangeError as `predictedClasses` does.
 */
export function accuracyInterval(predictions: Predictions): Estimate {
  const predicted = predictedClasses(predictions);
  const groups = numberGroups(predictions.groups, predicted.length);
  const right = sumByGroup(groups, (i) => Number(predicted[i] === predictions.labels[i]));
  const images = sumByGroup(groups, () => 1);
  return {
    value: right.reduce((total, value) => total + value, 0) / predicted.length,
    ci95: clusterInterval(right, images),
  };
}
