import { meanOfFolds, metricValue, type Experiment, type Summary } from '@thaw/experiment';
import type { RunStore, TrialRecord } from '@thaw/tracking';

/** The metric after each epoch (or fold) of the trials of earlier sessions, by number; read only where early termination needs it. */
export async function knownReports(
  store: Pick<RunStore, 'metrics'>,
  { early_terminate, metric, settings }: Pick<Experiment, 'early_terminate' | 'metric' | 'settings'>,
  known: readonly Pick<TrialRecord, 'number' | 'run' | 'summary'>[],
): Promise<Map<number, number[]>> {
  const reports = new Map<number, number[]>();
  if (early_terminate === null) return reports;
  for (const { number, run, summary } of known) {
    if (run === null) continue;
    if (settings.split.folds !== undefined) {
      // One that was interrupted tells again.
      reports.set(number, summary?.folds ? foldReports(summary, metric.name) : []);
      continue;
    }
    reports.set(
      number,
      (await store.metrics(run)).map((epoch) => epoch[metric.name] ?? Number.NaN),
    );
  }
  return reports;
}

/** What the folds so far came to, after each. */
function foldReports(summary: Summary, metric: Experiment['metric']['name']): number[] {
  const { folds = [] } = summary;
  return folds.map(
    (_, i) => metricValue(metric, { ...summary, ...meanOfFolds(folds.slice(0, i + 1)) }) ?? Number.NaN,
  );
}
