import { UserError } from '@thaw/base';
import { Mistake } from './json-mistake.ts';
import { classesAmong, classesOfRows, columnNamed, columnNames, columnOf, cutNotes } from './column-names.ts';
import { readPredictionColumns } from './prediction-columns.ts';
import type { Results } from './results.ts';
import { cellNumber, isIndex, type Table, type TableRow } from './table.ts';

const prefix = /^(?:p|prob|proba|probability|prediction|score|softmax)(?:[_ ]|\((?=.+\)$))/i;
/** Columns that are of no class. */
const others = ['correct', 'index'];

/** Whether a table has predictions: a true class and a probability for each class, or one of two classes, a line an image. */
export function isTabledPredictions(table: Table): boolean {
  const { columns } = table;
  if (columnNamed(columns, 'labels') === null) return false;
  if (classColumns(table).length >= 2) return true;
  return (
    columnNamed(columns, 'probabilities') !== null &&
    (namesIn(table).length <= 2 || columnNamed(columns, 'predicted') === null)
  );
}

/**
 * Predictions as a table: `file,label,group,split` and a column a class, under its name or `p_NAME`; of two classes the probability of
 * the second is enough, or that of the class that was predicted beside its name.
 */
export function readTabledPredictions(table: Table, file: string): Results {
  const { columns, rows } = table;
  if (rows.length === 0) throw new UserError(`${file}: found no image; allowed: a line for each`);
  const notes = cutNotes(table, file);
  const { labels, predicted } = classesOfRows(table);
  const numbersOf = (name: string) => {
    const at = columns.indexOf(name);
    return rows.map(({ place, values }) => {
      const text = values[at]!;
      const value = cellNumber(text);
      if (value !== null && !Number.isNaN(value)) return value;
      throw new UserError(
        `${file}, ${place}: ${name}: found ${JSON.stringify(text)}; allowed: a probability from 0 to 1`,
      );
    });
  };
  const each = classColumns(table);
  const single = columnNamed(columns, 'probabilities');
  const isEach = each.length >= 2 || single === null;
  const classes = isEach ? classesOf(each) : namesIn(table);
  if (!isEach && classes.length > 2)
    throw new UserError(
      `${file}: found one probability an image (${single}) and ${classes.length} classes; allowed: a column for each class, or two classes`,
    );
  const perClass = (isEach ? each : [single]).map(numbersOf);
  const results = readPredictionColumns(
    {
      files: columnOf(table, 'files') ?? rows.map((_, i) => `image ${i}`),
      labels,
      predicted,
      probabilities: rows.map((_, i) => perClass.map((values) => values[i]!)),
      groups: columnOf(table, 'groups'),
      splits: columnOf(table, 'split'),
      classes,
    },
    file,
    ({ path: [field, row] }: Mistake) =>
      typeof row === 'number' ? `, ${rows[row]!.place}: ${field}` : `: ${field}`,
  );
  return { ...results, notes };
}

/** The classes that images have or were taken for; of 0 and 1 both, though all images may be of one. */
function namesIn(table: Table): readonly string[] {
  const { labels, predicted } = classesOfRows(table);
  const classes = classesAmong([...labels, ...(predicted ?? [])].filter((name) => name !== ''));
  return classes.every((name) => ['0', '1'].includes(name)) ? ['0', '1'] : classes;
}

function classesOf(columns: readonly string[]): readonly string[] {
  if (!columns.every((name) => prefix.test(name))) return columns;
  return columns.map((name) => name.replace(prefix, '').replace(name.includes('(') ? /\)$/ : '', ''));
}

/**
 * Those whose names say probability, else all that have numbers and are not known as something else: no column is under a name of
 * `columnNames`, unless a class is called so. Where there is another way to read the table, they have to fit the labels.
 */
function classColumns(table: Table): readonly string[] {
  const { columns, rows } = table;
  const labels = new Set(columnOf(table, 'labels'));
  const known = Object.values(columnNames).flat() as readonly string[];
  const used = (Object.keys(columnNames) as (keyof typeof columnNames)[]).map((kind) =>
    columnNamed(columns, kind),
  );
  const left = columns.filter(
    (name) =>
      !used.includes(name) &&
      (labels.has(name) || !(known.includes(name.toLowerCase()) || others.includes(name.toLowerCase()))) &&
      !isIndex(name),
  );
  const named = left.filter((name) => prefix.test(name));
  if (named.length >= 2) return named;
  const numeric = left.filter((name) => {
    const at = columns.indexOf(name);
    return rows.some(({ values }) => cellNumber(values[at]!) !== null);
  });
  const hasOther = (['predicted', 'probabilities'] as const).some(
    (kind) => columnNamed(columns, kind) !== null,
  );
  const isFit =
    [...labels].every((label) => numeric.includes(label)) ||
    areTogetherOne(
      rows,
      numeric.map((name) => columns.indexOf(name)),
    );
  return hasOther && !isFit ? [] : numeric;
}

/** Whether numbers are probabilities of classes that labels may name by their places. */
function areTogetherOne(rows: readonly TableRow[], columns: readonly number[]): boolean {
  return rows.every(
    ({ values }) =>
      Math.abs(columns.reduce((sum, at) => sum + (cellNumber(values[at]!) ?? Number.NaN), 0) - 1) < 0.01,
  );
}
