import type { Goal } from '@thaw/experiment';
import { accuracy } from './accuracy.ts';
import { argmax } from './argmax.ts';
import { crossEntropy } from './cross-entropy.ts';

/** One number from class indices and rows of probabilities, and which way is better. */
interface Metric {
  readonly goal: Goal;
  compute(labels: ArrayLike<number>, probabilities: readonly ArrayLike<number>[]): number;
}

/** Every metric that a trial reports, by the name it is reported under. */
export const metrics = {
  accuracy: {
    goal: 'maximize',
    compute: (labels, probabilities) => accuracy(labels, probabilities.map(argmax)),
  },
  loss: { goal: 'minimize', compute: crossEntropy },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof metrics;

/** All metrics of one set of samples. Throws RangeError as the metrics do. */
export function evaluate(
  labels: ArrayLike<number>,
  probabilities: readonly ArrayLike<number>[],
): Record<MetricName, number> {
  const entries = Object.entries(metrics).map(([name, metric]) => [
    name,
    metric.compute(labels, probabilities),
  ]);
  return Object.fromEntries(entries) as Record<MetricName, number>;
}

/**
 * Which way a reported value is better: of `accuracy` as of `val_accuracy`, `train_accuracy` and `test_accuracy`. It is
 * the direction that Keras's `mode='auto'` takes. Throws RangeError for a name that no metric has.
 */
export function metricGoal(name: string): Goal {
  const metric = name.replace(/^(train|val|test)_/, '');
  if (!Object.hasOwn(metrics, metric)) {
    throw new RangeError(`no metric is named ${name}; there are ${Object.keys(metrics).join(', ')}`);
  }
  return metrics[metric as MetricName].goal;
}
