import type { PredictionRow } from '@thaw/experiment';
import type { PluginEvent } from './event-file.ts';
import { message } from './message.ts';

/** As many as TensorBoard's own summaries have. */
const thresholds = 201;
/** What TensorBoard divides by where nothing is above a threshold. */
const minimumCount = 1e-7;

/**
 * Precision and recall of each class against all others, one event a class. A tensor has rows of true and false positives, true and
 * false negatives, precision and recall, at thresholds i / 200; what equals a threshold is above it. Of classes that no image is of,
 * recall is 0. Source: tensorboard/plugins/pr_curve/summary.py.
 */
export function prCurves(
  rows: readonly PredictionRow[],
  classes: readonly string[],
  at: { readonly part: string; readonly step: number; readonly wallTime: number },
): PluginEvent[] {
  return classes.map((name, index) => ({
    ...{ tag: `precision_recall_${at.part}/${name}`, step: at.step, wallTime: at.wallTime },
    plugin: 'pr_curves',
    content: message([[2, 'int', thresholds]]),
    tensor: {
      shape: [6, thresholds],
      floats: curve(rows.map(({ label, probabilities }) => [label === name, probabilities[index]!])),
    },
  }));
}

/** The tensor's values, row by row. */
export function curve(
  predictions: readonly (readonly [isOfClass: boolean, probability: number])[],
): number[] {
  const counts = { true: new Float64Array(thresholds), false: new Float64Array(thresholds) };
  for (const [isOfClass, probability] of predictions) {
    const bucket = Math.floor(Math.fround(probability) * (thresholds - 1));
    counts[`${isOfClass}`][Math.min(Math.max(bucket, 0), thresholds - 1)]! += 1;
  }
  const above = (values: Float64Array) => {
    const sums = Array.from(values);
    for (let i = thresholds - 2; i >= 0; i--) sums[i]! += sums[i + 1]!;
    return sums;
  };
  const [truePositives, falsePositives] = [above(counts.true), above(counts.false)];
  const trueNegatives = falsePositives.map((count) => falsePositives[0]! - count);
  const falseNegatives = truePositives.map((count) => truePositives[0]! - count);
  const share = (values: readonly number[], others: readonly number[]) =>
    values.map((value, i) => value / Math.max(minimumCount, value + others[i]!));
  return [
    ...[truePositives, falsePositives, trueNegatives, falseNegatives],
    ...[share(truePositives, falsePositives), share(truePositives, falseNegatives)],
  ].flat();
}
