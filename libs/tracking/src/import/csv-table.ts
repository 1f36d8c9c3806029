import { parse, CsvError } from 'csv-parse/sync';
import { UserError } from '@thaw/base';
import type { Table, TableRow } from './table.ts';

/** A table whose first line names its columns, separated by commas, semicolons or tabs. A UserError names the line of a row that has more or fewer values than there are columns. */
export function readCsvTable(text: string, file: string): Table {
  const head = text.split(/\r?\n/, 1)[0]!;
  const delimiter = [',', ';', '\t'].find((each) => head.includes(each)) ?? ',';
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(text, {
      delimiter,
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
    }) as unknown as typeof records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UserError(`${file}: not a table: ${error.message}`);
  }
  const [first, ...below] = records.map(({ record, info }) => ({
    place: `line ${info.lines}`,
    values: delimiter === ',' ? record : record.map(withPoint),
  }));
  const names = first?.values.map((name) => name.trim()) ?? [];
  const second = secondLevel(names, below[0]);
  const columns = second ? names.map((name, i) => (second[i] ? `${name}_${second[i]}` : name)) : names;
  const others = second ? below.slice(1) : below;
  const twice = columns.find((name, i) => columns.indexOf(name) < i);
  if (twice !== undefined)
    throw new UserError(
      `${file}, line 1: found the column ${JSON.stringify(twice)} twice; allowed: each once`,
    );
  for (const { place, values } of others) {
    if (values.length !== columns.length)
      throw new UserError(
        `${file}, ${place}: found ${values.length} values; allowed: ${columns.length}, as line 1 names columns (${columns.join(', ')})`,
      );
  }
  return { columns, rows: others, isOpen: !text.slice(text.trimEnd().length).includes('\n') };
}

/** Where commas do not separate values, they may stand before decimals: 0,5. */
function withPoint(text: string): string {
  return /^[+-]?\d+,\d+(e[+-]?\d+)?$/i.test(text) ? text.replace(',', '.') : text;
}

/** Columns of Optuna's `trials_dataframe(multi_index=True)` whose names go on in the line below. */
const inTwoLevels = ['params', 'user_attrs', 'system_attrs', 'values'];

/** What the line below adds to the names of columns; null where it has a row's values. */
function secondLevel(names: readonly string[], below: TableRow | undefined): readonly string[] | null {
  if (below?.values.length !== names.length || !names.some((name) => inTwoLevels.includes(name))) return null;
  return names.every((name, i) => inTwoLevels.includes(name) || below.values[i] === '') ? below.values : null;
}
