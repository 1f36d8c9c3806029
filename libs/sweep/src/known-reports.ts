import { UserError } from '@thaw/base';
import {
  meanOfFolds,
  metricValue,
  type AnyExperiment,
  type EpochRecord,
  type Summary,
} from '@thaw/experiment';
import type { RunStore, TrialRecord } from '@thaw/tracking';

/**
 * The metric after each epoch (or fold) of the trials of earlier sessions, by number; read only where early termination needs it.
 * None of a trial whose run was deleted since.
 */
export async function knownReports(
  store: Pick<RunStore, 'metrics' | 'metricsFrom'>,
  experiment: AnyExperiment,
  known: readonly Pick<TrialRecord, 'number' | 'run' | 'summary'>[],
): Promise<Map<number, number[]>> {
  const reports = new Map<number, number[]>();
  const { early_terminate, metric } = experiment;
  if (early_terminate === null) return reports;
  for (const { number, run, summary } of known) {
    if (run === null) continue;
    if ('program' in experiment) {
      // A program may report other metrics in between; NaN is a report, too.
      const epochs = await unlessGone(store.metricsFrom(run, 0).then((read) => read.epochs));
      const told = epochs.filter((record) => Object.hasOwn(record, metric.name));
      reports.set(
        number,
        told.map((record) => valueOf(record, metric.name)),
      );
      continue;
    }
    if (experiment.settings.split.folds !== undefined) {
      // One that was interrupted tells of all its folds again.
      reports.set(number, summary?.folds ? foldReports(summary, metric.name) : []);
      continue;
    }
    reports.set(
      number,
      (await unlessGone(store.metrics(run))).map((record) => valueOf(record, metric.name)),
    );
  }
  return reports;
}

function unlessGone(epochs: Promise<EpochRecord[]>): Promise<EpochRecord[]> {
  return epochs.catch((error: unknown) => {
    if (error instanceof UserError && (error.kind === 'deleted' || error.kind === 'not-found')) return [];
    throw error;
  });
}

function valueOf(record: EpochRecord, metric: string): number {
  return (record as unknown as Readonly<Partial<Record<string, number>>>)[metric] ?? Number.NaN;
}

/** What the folds so far came to, after each. */
function foldReports(summary: Summary, metric: string): number[] {
  const { folds = [] } = summary;
  return folds.map(
    (_, i) => metricValue(metric, { ...summary, ...meanOfFolds(folds.slice(0, i + 1)) }) ?? Number.NaN,
  );
}
