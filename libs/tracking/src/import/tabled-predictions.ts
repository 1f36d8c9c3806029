import { UserError } from '@thaw/base';
import { Mistake } from './json-mistake.ts';
import { columnNamed, readPredictionColumns, type columnNames } from './prediction-columns.ts';
import type { Results } from './results.ts';
import { cellNumber, isIndex, type Table } from './table.ts';

const prefix = /^(?:p|prob|proba|probability|prediction|score|softmax)(?:[_ ]|\((?=.+\)$))/i;
/** Columns that are of no class. */
const others = ['correct', 'confidence', 'index'];

/** Whether a table has predictions: a true class and a probability for each class, or one of two classes, a line an image. */
export function isTabledPredictions(table: Table): boolean {
  const { columns, rows } = table;
  const labels = columnNamed(columns, 'labels');
  if (labels === null) return false;
  if (classColumns(table).length >= 2) return true;
  const count = new Set(rows.map(({ values }) => values[columns.indexOf(labels)])).size;
  return (
    columnNamed(columns, 'probabilities') !== null &&
    (count <= 2 || columnNamed(columns, 'predicted') === null)
  );
}

/**
 * Predictions as a table: `file,label,group,split` and a column a class, under its name or `p_NAME`; of two classes the probability of
 * the second is enough, or that of the class that was predicted beside its name.
 */
export function readTabledPredictions(table: Table, file: string): Results {
  const { columns, rows } = table;
  if (rows.length === 0) throw new UserError(`${file}: found no image; allowed: a line for each`);
  const column = (kind: keyof typeof columnNames) => {
    const name = columnNamed(columns, kind);
    return name === null ? null : rows.map(({ values }) => values[columns.indexOf(name)]!);
  };
  const labels = column('labels')!;
  const numbersOf = (name: string) =>
    rows.map(({ place, values }) => {
      const text = values[columns.indexOf(name)]!;
      const value = cellNumber(text);
      if (value !== null && !Number.isNaN(value)) return value;
      throw new UserError(
        `${file}, ${place}: ${name}: found ${JSON.stringify(text)}; allowed: a probability from 0 to 1`,
      );
    });
  const each = classColumns(table);
  const single = columnNamed(columns, 'probabilities');
  const isEach = each.length >= 2 || single === null;
  const classes = isEach ? classesOf(each) : [...new Set(labels)].sort();
  if (!isEach && classes.length > 2)
    throw new UserError(
      `${file}: found one probability an image (${single}) and ${classes.length} classes; allowed: a column for each class, or two classes`,
    );
  const perClass = isEach ? each.map(numbersOf) : bothOf(numbersOf(single), column('predicted'), classes);
  const places = labels.every((label) => /^\d+$/.test(label) && !classes.includes(label));
  return readPredictionColumns(
    {
      files: column('files') ?? rows.map((_, i) => `image ${i}`),
      labels: places ? labels.map(Number) : labels,
      probabilities: rows.map((_, i) => perClass.map((values) => values[i]!)),
      groups: column('groups'),
      splits: column('split'),
      classes,
    },
    file,
    ({ path: [field, row] }: Mistake) =>
      typeof row === 'number' ? `, ${rows[row]!.place}: ${field}` : `: ${field}`,
  );
}

/** Of two classes, from the probability of the second; from that of the predicted one where it is never below a half and some images are of the first. */
function bothOf(
  values: readonly number[],
  predicted: readonly string[] | null,
  classes: readonly string[],
): readonly (readonly number[])[] {
  const isOfPredicted =
    predicted !== null &&
    values.every((value) => value >= 0.5) &&
    predicted.some((name, i) => name === classes[0] && values[i]! > 0.5);
  const second = values.map((value, i) => (isOfPredicted && predicted[i] === classes[0] ? 1 - value : value));
  return [second.map((value) => 1 - value), second];
}

function classesOf(columns: readonly string[]): readonly string[] {
  if (!columns.every((name) => prefix.test(name))) return columns;
  return columns.map((name) => name.replace(prefix, '').replace(name.includes('(') ? /\)$/ : '', ''));
}

/** Those whose names say probability, else all that have numbers and are not known as something else. */
function classColumns({ columns, rows }: Table): string[] {
  const kinds = ['files', 'labels', 'predicted', 'groups', 'split', 'probabilities'] as const;
  const known = kinds.map((kind) => columnNamed(columns, kind));
  const left = columns.filter(
    (name) => !known.includes(name) && !others.includes(name.toLowerCase()) && !isIndex(name),
  );
  const named = left.filter((name) => prefix.test(name));
  if (named.length >= 2) return named;
  return left.filter((name) =>
    rows.some(({ values }) => cellNumber(values[columns.indexOf(name)]!) !== null),
  );
}
