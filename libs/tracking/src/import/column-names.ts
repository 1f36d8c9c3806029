import { UserError } from '@thaw/base';
import type { Table } from './table.ts';

/** What columns of predictions may be called. */
export const columnNames = {
  files: [
    'file',
    'files',
    'filename',
    'filenames',
    'path',
    'paths',
    'image',
    'images',
    'file_name',
    'filepath',
    'file_path',
    'image_path',
    'img_path',
  ],
  labels: [
    'label',
    'labels',
    'true',
    'y_true',
    'class',
    'target',
    'true_label',
    'true_class',
    'actual',
    'actual_label',
    'ground_truth',
    'truth',
    'gt',
  ],
  predicted: [
    'predicted',
    'prediction',
    'y_pred',
    'pred',
    'predicted_label',
    'predicted_class',
    'pred_label',
    'pred_class',
  ],
  groups: ['group', 'groups', 'patient', 'patient_id', 'slide', 'photograph'],
  split: ['split', 'part', 'subset'],
  probabilities: [
    'probabilities',
    'probability',
    'y_prob',
    'y_proba',
    'prob',
    'proba',
    'probs',
    'y_score',
    'predictions',
    'confidence',
  ],
  classes: ['classes', 'class_names', 'labels_order'],
} as const;

/** The names of classes that images have, once each, in the order of their characters, as scikit-learn and Keras order texts: 10 before 2. */
export function classesAmong(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

/** The texts of a table's column that has one of the names, a row each; null where none has. */
export function columnOf({ columns, rows }: Table, kind: keyof typeof columnNames): readonly string[] | null {
  const at = columns.indexOf(columnNamed(columns, kind)!);
  return at < 0 ? null : rows.map(({ values }) => values[at]!);
}

/**
 * The true classes of a table's rows, and the predicted ones where it has them. Whole numbers with a point, as pandas writes those
 * of a column that was computed or has gaps, are the same without it.
 */
export function classesOfRows(table: Table): {
  labels: readonly string[];
  predicted: readonly string[] | null;
} {
  const [labels, predicted] = [columnOf(table, 'labels')!, columnOf(table, 'predicted')];
  const areWhole = [...labels, ...(predicted ?? [])].every((name) => /^(\d+(\.0+)?)?$/.test(name));
  if (!areWhole || table.columns.some((name) => labels.includes(name))) return { labels, predicted };
  const whole = (names: readonly string[]) => names.map((name) => name.replace(/\..*$/, ''));
  return { labels: whole(labels), predicted: predicted && whole(predicted) };
}

/**
 * A note on a table whose last line has no end: the number behind it may have been cut. A UserError where a class stands there that no
 * other row has.
 */
export function cutNotes({ columns, rows, isOpen = false }: Table, file: string): string[] {
  const last = rows.at(-1);
  if (!isOpen || !last) return [];
  const at = columns.length - 1;
  const value = last.values[at]!;
  if (value !== '' && !Number.isNaN(Number(value)))
    return [
      `The last line of the table has no end: if the file was cut there, its last number, ${value}, was too.`,
    ];
  const kinds = [columnNamed(columns, 'labels'), columnNamed(columns, 'predicted')];
  const classes = kinds.flatMap((name) => (name === null ? [] : [columns.indexOf(name)]));
  if (!classes.includes(at)) return [];
  if (rows.slice(0, -1).some(({ values }) => classes.some((each) => values[each] === value))) return [];
  throw new UserError(
    `${file}, ${last.place}: ${columns[at]}: found ${JSON.stringify(value)}, which no other row has, in a last line without an end; allowed: a whole line, and an end of it`,
  );
}

/** The column that has one of the names; null where none has. */
export function columnNamed(columns: readonly string[], kind: keyof typeof columnNames): string | null {
  const names: readonly string[] = columnNames[kind];
  return columns.find((column) => names.includes(column.toLowerCase())) ?? null;
}
