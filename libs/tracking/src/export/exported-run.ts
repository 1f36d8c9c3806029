import { csvText, type CsvValue } from '@thaw/base';
import type { EpochRecord } from '@thaw/experiment';
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

/**
 * A table, a row a run: what a run is, its parameters, its summary. Columns of all runs, in the order in which they come. A figure that is
 * called as what a run is stands behind `metrics.`, a parameter that is called as either behind `parameters.`.
 */
export function runTable(runs: readonly RunRecord[]): string {
  const figures = new Set(runs.flatMap(({ summary }) => Object.keys(summary ?? {})));
  const rows = runs.map(({ id, sweep, number, state, created, seconds, error, parameters, summary }) => {
    const facts = { run: id, sweep, number, state, created, seconds, error };
    const isFact = (name: string) => Object.hasOwn(facts, name);
    return {
      ...facts,
      ...renamed(parameters, (name) => (isFact(name) || figures.has(name) ? `parameters.${name}` : name)),
      ...renamed(summary ?? {}, (name) => (isFact(name) ? `metrics.${name}` : name)),
    };
  });
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row: Record<string, unknown>) => columns.map((column) => cell(row[column])));
  return csvText(columns, lines);
}

function renamed(values: object, nameOf: (name: string) => string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [nameOf(name), value as unknown]));
}

function cell(value: unknown): CsvValue {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : (value as CsvValue);
}
