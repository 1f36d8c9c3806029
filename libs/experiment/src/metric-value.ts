import type { Summary } from './run.ts';

/**
 * The reported value that an experiment's metric names; null without a summary, and in one of before that does not have it. Thaw's
 * own figures of training images are named as epochs name them (`accuracy` for `train_accuracy`); a program's have its own names.
 */
export function metricValue(name: string, summary: Summary | null): number | null {
  const figures = (summary ?? {}) as Readonly<Record<string, unknown>>;
  const value = figures[name] ?? figures[`train_${name}`];
  return typeof value === 'number' ? value : null;
}

/** Trials with the value of their sweep's metric, which sweeps name as their experiments do. */
export function withValues<T extends { readonly summary: Summary | null }>(
  trials: readonly T[],
  { name }: { readonly name: string },
): (T & { readonly value: number | null })[] {
  return trials.map((trial) => ({ ...trial, value: metricValue(name, trial.summary) }));
}
