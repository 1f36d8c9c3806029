import { csvText, type CsvValue } from '@thaw/base';
import type { EpochRecord } from '@thaw/experiment';
import type { RunRecord } from '../records/run-record.ts';
import type { ScalarEvent } from './event-file.ts';

/** A run with its epochs, as it is exported. */
export interface ExportedRun {
  readonly run: RunRecord;
  readonly epochs: readonly EpochRecord[];
}

/** One run of `runs export --format json`; numbers that are not finite become null. */
export function runDocument({ run, epochs }: ExportedRun) {
  const { id, sweep, number, state, created, seconds, error, parameters, settings, summary } = run;
  return {
    run: id,
    sweep,
    number,
    state,
    created,
    seconds,
    error,
    parameters,
    settings,
    summary,
    metrics: epochs,
  };
}

/** A table, a row a run: what a run is, its parameters, its summary. Columns of all runs, in the order in which they come. */
export function runTable(runs: readonly RunRecord[]): string {
  const rows = runs.map(({ id, sweep, number, state, created, seconds, error, parameters, summary }) => ({
    ...{ run: id, sweep, number, state, created, seconds, error },
    ...parameters,
    ...summary,
  }));
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row: Record<string, unknown>) => columns.map((column) => cell(row[column])));
  return csvText(columns, lines);
}

/** Scalars of a run by epoch (of a trial with folds by fold, `val_loss/fold-1`, and its own epochs), and what came of it on the test images at the epoch that was kept. What is not finite is left out. */
export function runScalars({ run, epochs }: ExportedRun): ScalarEvent[] {
  let wallTime = Date.parse(run.created) / 1000;
  const scalars = epochs.flatMap((record) => {
    wallTime += Number.isFinite(record.seconds) ? record.seconds : 0;
    const { epoch, fold, fold_epoch: step = epoch, ...metrics } = record;
    const of = fold === undefined ? '' : `/fold-${fold}`;
    return Object.entries(metrics).map(([tag, value]) => ({ tag: tag + of, step, value, wallTime }));
  });
  const { best_epoch, epochs: last } = run.summary ?? { best_epoch: 0, epochs: 0 };
  const step = [best_epoch, last, 0].find(Number.isFinite)!;
  for (const tag of ['test_accuracy', 'test_loss', 'gap'] as const) {
    const value = run.summary?.[tag] ?? Number.NaN;
    scalars.push({ tag, step, value, wallTime });
  }
  return scalars.filter(({ value }) => typeof value === 'number' && Number.isFinite(value));
}

function cell(value: unknown): CsvValue {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : (value as CsvValue);
}
