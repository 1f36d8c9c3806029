import { csvText, type CsvValue } from '@thaw/base';
import type { EpochRecord } from '@thaw/experiment';
import { figureColumn, parametersBeside } from '../records/own-columns.ts';
import type { RunRecord } from '../records/run-record.ts';

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

const facts = ['run', 'sweep', 'number', 'state', 'created', 'seconds', 'error'];

/**
 * A table, a row a run: what a run is, its parameters, its summary. Columns of all runs, in the order in which they come. A figure that is
 * called as what a run is stands behind `metrics.`, a parameter that is called as either behind `params.`.
 */
export function runTable(runs: readonly RunRecord[]): string {
  const figures = new Set(runs.flatMap(({ summary }) => Object.keys(summary ?? {})));
  const rows = runs.map(({ id, sweep, number, state, created, seconds, error, parameters, summary }) => ({
    ...{ run: id, sweep, number, state, created, seconds, error },
    ...parametersBeside(figures, Object.entries(parameters), facts),
    ...Object.fromEntries(
      Object.entries(summary ?? {}).map(([name, value]) => [figureColumn(name, facts), value as unknown]),
    ),
  }));
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row: Record<string, unknown>) => columns.map((column) => cell(row[column])));
  return csvText(columns, lines);
}

function cell(value: unknown): CsvValue {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : (value as CsvValue);
}
