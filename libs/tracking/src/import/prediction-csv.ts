import { UserError } from '@thaw/base';
import { csvNumber, type CsvTable } from './csv-table.ts';
import { columnNamed, readPredictionColumns } from './prediction-columns.ts';
import type { Results } from './results.ts';

const prefix = /^(?:p|prob|probability|prediction)[_ ]/i;
const predicted = ['predicted', 'prediction', 'y_pred', 'pred', 'correct', 'confidence', 'index', ''];

/** Whether a table has predictions: a true class and a probability for each class, or of the second of two, a line an image. */
export function isPredictions({ columns }: CsvTable): boolean {
  const told = classColumns(columns).length >= 2 || columnNamed(columns, 'probabilities') !== null;
  return columnNamed(columns, 'labels') !== null && told;
}

/** Predictions as csv: `file,label,group,split` and a column a class, under its name, or `p_NAME`. */
export function readPredictionCsv(table: CsvTable, file: string): Results {
  const { columns, rows } = table;
  const column = (kind: Parameters<typeof columnNamed>[1]) => {
    const name = columnNamed(columns, kind);
    return name === null ? null : rows.map(({ values }) => values[columns.indexOf(name)]!);
  };
  const named = classColumns(columns);
  // A column of anything but numbers is of no class.
  const isNumeric = (name: string) =>
    rows.some(({ values }) => csvNumber(values[columns.indexOf(name)]!) !== null);
  // Of a sigmoid there is one, of the second class.
  const single = columnNamed(columns, 'probabilities');
  const each = named.filter((name) => name !== single && isNumeric(name));
  const ofSecond = each.length >= 2 ? null : single;
  const used = ofSecond === null ? each : [ofSecond];
  const classes = ofSecond === null ? classesOf(used) : [...new Set(column('labels'))].sort();
  const probabilities = rows.map(({ line, values }) =>
    used.map((name) => {
      const text = values[columns.indexOf(name)]!;
      const value = csvNumber(text);
      if (value !== null && !Number.isNaN(value)) return value;
      throw new UserError(
        `${file}, line ${line}: ${name}: found ${JSON.stringify(text)}; allowed: a probability from 0 to 1`,
      );
    }),
  );
  const rowsOfClasses = ofSecond === null ? probabilities : probabilities.map(([p]) => [1 - p!, p!]);
  if (rows.length === 0) throw new UserError(`${file}: found no image; allowed: a line for each`);
  const labels = column('labels')!;
  const places = labels.every((label) => /^\d+$/.test(label) && !classes.includes(label));
  return readPredictionColumns(
    {
      files: column('files') ?? rows.map((_, i) => `image ${i}`),
      labels: places ? labels.map(Number) : labels,
      probabilities: rowsOfClasses,
      groups: column('groups'),
      splits: column('split'),
      classes,
    },
    file,
    ({ path: [field, row] }) =>
      typeof row === 'number' ? `, line ${rows[row]!.line}: ${field}` : `: ${field}`,
  );
}

function classesOf(columns: readonly string[]): readonly string[] {
  return columns.every((name) => prefix.test(name))
    ? columns.map((name) => name.replace(prefix, ''))
    : columns;
}

function classColumns(columns: readonly string[]): string[] {
  const others = (['files', 'labels', 'groups', 'split'] as const).map((kind) => columnNamed(columns, kind));
  return columns.filter((name) => !others.includes(name) && !predicted.includes(name.toLowerCase()));
}
