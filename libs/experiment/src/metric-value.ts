import type { Metric } from './experiment.ts';
import type { Summary } from './run.ts';

/** The reported value that an experiment's metric names; null without a summary. Never a value of the test set. */
export function metricValue(name: Metric['name'], summary: Summary | null): number | null {
  if (!summary) return null;
  return {
    val_accuracy: summary.val_accuracy,
    val_loss: summary.val_loss,
    accuracy: summary.train_accuracy,
    loss: summary.train_loss,
  }[name];
}

/** Trials with the value of their sweep's metric, which sweeps name as their experiments do. */
export function withValues<T extends { readonly summary: Summary | null }>(
  trials: readonly T[],
  { name }: { readonly name: string },
): (T & { readonly value: number | null })[] {
  return trials.map((trial) => ({ ...trial, value: metricValue(name as Metric['name'], trial.summary) }));
}
