import { UserError } from '@thaw/base';
import { mlflowState } from './mlflow-state.ts';
import { outcomeTimes } from './outcome-times.ts';
import { plainValue } from './plain-value.ts';
import { someResults, type Results } from './results.ts';
import { cellNumber, cellTime, type Table, type TableRow } from './table.ts';

/** Whether a table is `mlflow.search_runs().to_csv(...)`. */
export function isMlflowRuns({ columns }: Table): boolean {
  return ['run_id', 'experiment_id', 'status', 'start_time'].every((name) => columns.includes(name));
}

/**
 * A run a line: the latest value of each metric, parameters, times, name and state. Metrics and parameters that a run does not have are
 * empty there, as NaN is, and left out here.
 */
export function readMlflowRuns({ columns, rows }: Table, file: string): Results[] {
  if (rows.length === 0) throw new UserError(`${file}: found a table without runs; allowed: at least one`);
  return rows.map((row) => runOf(row, columns, file));
}

function runOf({ place, values }: TableRow, columns: readonly string[], file: string): Results {
  const cell = (name: string) => values[columns.indexOf(name)] ?? '';
  const whereOf = (name: string) => `${file}, ${place}: ${name}`;
  const figures: Record<string, number> = {};
  const parameters: Record<string, unknown> = {};
  for (const [i, column] of columns.entries()) {
    const [, kind, name] = /^(metrics|params)\.(.+)$/s.exec(column) ?? [];
    const text = values[i]!;
    if (name === undefined || text === '') continue;
    if (kind === 'params') parameters[name] = plainValue(text);
    else {
      const value = cellNumber(text);
      if (value === null)
        throw new UserError(`${whereOf(column)}: found ${JSON.stringify(text)}; allowed: a number`);
      figures[name] = value;
    }
  }
  const timeOf = (name: string) => {
    const text = cell(name);
    const ms = text === '' ? null : (cellTime(text) ?? Number.NaN);
    return { ms, found: JSON.stringify(text), where: whereOf(name) };
  };
  return someResults({
    name: cell('tags.mlflow.runName') || null,
    program: 'MLflow',
    parameters,
    figures,
    experiment: cell('experiment_id') || null,
    outcome: {
      ...mlflowState(cell('status'), whereOf('status')),
      ...outcomeTimes(timeOf('start_time'), timeOf('end_time')),
    },
  });
}
