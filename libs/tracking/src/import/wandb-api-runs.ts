import { UserError } from '@thaw/base';
import { outcomeTimes } from './outcome-times.ts';
import { pythonAsJson } from './python-json.ts';
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
  const timeOf = (ms: number | null) => {
    return {
      ms,
      found: `${ended} and ${seconds} s`,
      where: `${file}, ${row.place}: summary: _timestamp, _runtime`,
    };
  };
  const { created } = outcomeTimes(
    timeOf(known ? (ended - seconds) * 1000 : null),
    timeOf(known ? ended * 1000 : null),
  );
  return someResults({
    name: row.values[columns.indexOf('name')] || null,
    program: 'W&B',
    parameters: Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null)),
    figures: Object.fromEntries(figures),
    outcome: {
      state: 'finished',
      error: null,
      created,
      seconds: known ? seconds : null,
    },
  });
}

/** A dictionary as Python prints it. What is not finite is null. */
function dictionaryOf(
  { place, values }: TableRow,
  columns: readonly string[],
  column: string,
  file: string,
): Record<string, unknown> {
  const text = values[columns.indexOf(column)]!;
  try {
    const found: unknown = JSON.parse(pythonAsJson(text));
    if (typeof found === 'object' && found !== null && !Array.isArray(found))
      return found as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new UserError(
    `${file}, ${place}: ${column}: found ${JSON.stringify(text.slice(0, 80))}; allowed: a dictionary as Python prints it`,
  );
}
