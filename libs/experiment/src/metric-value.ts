import type { MetricName, Monitor } from './metrics.ts';
import type { Summary } from './run.ts';

/**
 * The reported value that an experiment's metric names; null without a summary, and in one of before that does not have it. Never a
 * value of the test set.
 */
export function metricValue(name: Monitor, summary: Summary | null): number | null {
  const isOfTraining = !name.startsWith('val_');
  const key = isOfTraining ? (`train_${name as MetricName}` as const) : (name as `val_${MetricName}`);
  return summary?.[key] ?? null;
}

/** Trials with the value of their sweep's metric, which sweeps name as their experiments do. */
export function withValues<T extends { readonly summary: Summary | null }>(
  trials: readonly T[],
  { name }: { readonly name: string },
): (T & { readonly value: number | null })[] {
  return trials.map((trial) => ({ ...trial, value: metricValue(name as Monitor, trial.summary) }));
}
