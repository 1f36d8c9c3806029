import type { Experiment } from '@thaw/experiment';
import type { RunStore, TrialRecord } from '@thaw/tracking';

/** The metric after each epoch of the trials of earlier sessions, by number; read only where early termination needs it. */
export async function knownReports(
  store: Pick<RunStore, 'metrics'>,
  { early_terminate, metric }: Experiment,
  known: readonly Pick<TrialRecord, 'number' | 'run'>[],
): Promise<Map<number, number[]>> {
  const reports = new Map<number, number[]>();
  if (early_terminate === null) return reports;
  for (const { number, run } of known) {
    if (run === null) continue;
    reports.set(
      number,
      (await store.metrics(run)).map((epoch) => epoch[metric.name]),
    );
  }
  return reports;
}
