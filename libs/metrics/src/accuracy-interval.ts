import { clusterInterval } from './intervals/cluster-interval.ts';
import type { Estimate } from './intervals/difference.ts';
import { clustersOf, groupTotals, predictedClasses, type Predictions } from './predictions.ts';

/**
 * Accuracy and its 95 % interval, which takes groups for what was drawn (`clusterInterval`): Wilson's where every image
 * is its own group, null where there is one group only. Throws RangeError as `predictedClasses` does.
 */
export function accuracyInterval(predictions: Predictions): Estimate {
  const predicted = predictedClasses(predictions);
  const groups = groupTotals(clustersOf(predictions), (i) => Number(predicted[i] === predictions.labels[i]));
  return {
    value: groups.reduce((total, group) => total + group.sum, 0) / predicted.length,
    ci95: clusterInterval(groups),
  };
}
