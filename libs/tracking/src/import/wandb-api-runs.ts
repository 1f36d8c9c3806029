import { UserError } from '@thaw/base';
import { parse } from 'yaml';
import type { TableRow, Table } from './table.ts';
import { someResults, type Results } from './results.ts';

const dictionaries = ['summary', 'config'] as const;

/** Whether a table is what the example in W&B's documentation of `wandb.Api().runs(...)` writes: a line a run, dictionaries as Python prints them. */
export function isWandbApi({ columns }: Table): boolean {
  return [...dictionaries, 'name'].every((name) => columns.includes(name));
}

/** A run a line: its summary's numbers are figures, its config is settings. */
export function readWandbApiRuns(table: Table, file: string): Results[] {
  if (table.rows.length === 0)
    throw new UserError(`${file}: found a table without runs; allowed: at least one`);
  return table.rows.map((row) => runOf(row, table.columns, file));
}

function runOf(row: TableRow, columns: readonly string[], file: string): Results {
  const [summary, config] = dictionaries.map((column) => dictionaryOf(row, columns, column, file)) as [
    Record<string, unknown>,
    Record<string, unknown>,
  ];
  const figures = Object.entries(summary).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number' && !entry[0].startsWith('_'),
  );
  const { _timestamp: ended, _runtime: seconds } = summary;
  const known = typeof ended === 'number' && typeof seconds === 'number';
  return someResults({
    name: row.values[columns.indexOf('name')] || null,
    program: 'W&B',
    parameters: Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null)),
    figures: Object.fromEntries(figures),
    outcome: {
      state: 'finished',
      error: null,
      created: known ? new Date((ended - seconds) * 1000).toISOString() : null,
      seconds: known ? seconds : null,
    },
  });
}

/** Python's dictionary is a flow mapping of YAML, but for a few words. */
function dictionaryOf(
  { place, values }: TableRow,
  columns: readonly string[],
  column: string,
  file: string,
): Record<string, unknown> {
  const text = values[columns.indexOf(column)]!;
  try {
    const found: unknown = parse(text, (_, value: unknown) => (words.has(value) ? words.get(value) : value));
    if (typeof found === 'object' && found !== null && !Array.isArray(found))
      return found as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new UserError(
    `${file}, ${place}: ${column}: found ${JSON.stringify(text.slice(0, 80))}; allowed: a dictionary as Python prints it`,
  );
}

const words = new Map<unknown, unknown>([
  ['None', null],
  ['nan', Number.NaN],
  ['inf', Infinity],
  ['-inf', -Infinity],
]);
