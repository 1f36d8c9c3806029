import { UserError } from '@thaw/base';
import { cellNumber, type TableRow, type Table } from './table.ts';
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
      created: timeOf(cell('datetime_start')),
      seconds: secondsBetween(cell('datetime_start'), cell('datetime_complete')),
    },
  });
}

/**
 * pandas writes local time without saying which; it is taken for UTC. In JSON it is a text, or a number since 1970 that shows its
 * unit by its length: seconds have 10 digits until 2286, and ms, us and ns 3, 6 and 9 more.
 */
function timeOf(text: string): string | null {
  if (/^\d{10,19}$/.test(text)) {
    const unit = Math.floor((text.length - 10) / 3);
    return new Date(Math.round((Number(text) / 1000 ** unit) * 1000)).toISOString();
  }
  const zone = /(Z|[+-]\d\d:?\d\d)$/.test(text) ? '' : 'Z';
  const time = Date.parse(`${text.replace(' ', 'T').replace(/(\.\d{3})\d+/, '$1')}${zone}`);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function secondsBetween(start: string, end: string): number | null {
  const [from, to] = [timeOf(start), timeOf(end)];
  return from === null || to === null ? null : (Date.parse(to) - Date.parse(from)) / 1000;
}
