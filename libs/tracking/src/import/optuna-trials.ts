import { UserError } from '@thaw/base';
import { cellNumber, cellTime, type TableRow, type Table } from './table.ts';
import { outcomeTimes } from './outcome-times.ts';
import { plainValue } from './plain-value.ts';
import { someResults, type Outcome, type Results } from './results.ts';

const states: Readonly<Record<string, Outcome['state']>> = {
  COMPLETE: 'finished',
  PRUNED: 'pruned',
  FAIL: 'failed',
  RUNNING: 'interrupted',
  WAITING: 'interrupted',
};

/** Whether a table is `study.trials_dataframe().to_csv(...)` of Optuna, with all its attributes or some. */
export function isOptuna({ columns }: Table): boolean {
  const known = ['number', 'state'].every((name) => columns.includes(name));
  return known && columns.some((name) => /^(datetime_start|values?(_.+)?|params_.+)$/.test(name));
}

/**
 * A run for each trial of Optuna's study. A pruned trial's value is the last one that it reported, one that failed has none. Parameters
 * that were not asked for, None and empty texts are all empty there, and left out here; whole numbers may have become 3.0.
 */
export function readOptunaTrials(table: Table, file: string): Results[] {
  if (table.rows.length === 0)
    throw new UserError(`${file}: found a study without trials; allowed: at least one`);
  return table.rows.map((row) => trialOf(row, table.columns, file));
}

function trialOf({ place, values }: TableRow, columns: readonly string[], file: string): Results {
  const cell = (name: string) => values[columns.indexOf(name)] ?? '';
  const timeOf = (name: string) => {
    return {
      ms: cellTime(cell(name)),
      found: JSON.stringify(cell(name)),
      where: `${file}, ${place}: ${name}`,
    };
  };
  const state = states[cell('state')];
  if (!state)
    throw new UserError(
      `${file}, ${place}: state: found ${JSON.stringify(cell('state'))}; allowed: ${Object.keys(states).join(', ')}`,
    );
  const figures: Record<string, number> = {};
  const parameters: Record<string, unknown> = {};
  for (const [i, column] of columns.entries()) {
    const text = values[i]!;
    const figure = /^values?(?:_(.+))?$/.exec(column);
    if (figure) {
      const value = cellNumber(text);
      if (value === null)
        throw new UserError(`${file}, ${place}: ${column}: found ${JSON.stringify(text)}; allowed: a number`);
      if (!Number.isNaN(value)) figures[figure[1] && !/^\d+$/.test(figure[1]) ? figure[1] : column] = value;
    }
    const [, name] = /^(?:params|user_attrs)_(.+)$/.exec(column) ?? [];
    if (name !== undefined && text !== '') parameters[name] = plainValue(text);
  }
  return someResults({
    name: `trial-${cell('number')}`,
    program: 'Optuna',
    parameters,
    figures,
    outcome: {
      state,
      error: state === 'failed' ? "Optuna's trial failed; its table does not say why" : null,
      ...outcomeTimes(timeOf('datetime_start'), timeOf('datetime_complete')),
    },
  });
}
