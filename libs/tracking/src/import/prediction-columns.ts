import { UserError } from '@thaw/base';
import { keyOf, Mistake } from './json-mistake.ts';
import { partOfFile } from './part-of-file.ts';
import { readPredictionTable, type PredictionTable } from './prediction-table.ts';
import { someResults, type Results } from './results.ts';
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

export interface PredictionColumns extends PredictionTable {
  readonly classes: readonly string[];
  /** The split of each image; null where the file does not say. */
  readonly splits: readonly string[] | null;
}

/** Predictions of one split or both. Without a column that says which, the file's name does: `val` in it is validation, any other test. */
export function readPredictionColumns(
  { classes, splits, ...table }: PredictionColumns,
  file: string,
  placeOf: (mistake: Mistake) => string = (mistake) => `: ${keyOf(mistake.path)}`,
): Results {
  const parts = partsOf(splits, table.files.length, file, located);
  const rowsOf = (part: Part) => parts.flatMap((each, i) => (each === part ? [i] : []));
  const partOf = (indices: readonly number[]) => {
    if (indices.length === 0) return null;
    const pick = <T>(values: readonly T[]) =>
      values.length === table.files.length ? indices.map((i) => values[i]!) : values;
    try {
      return readPredictionTable(
        {
          files: pick(table.files),
          labels: pick(table.labels),
          probabilities: pick(table.probabilities),
          groups: table.groups && pick(table.groups),
        },
        classes,
      );
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      const [field, row] = error.path;
      throw located(typeof row === 'number' ? new Mistake([field!, indices[row]!], error.message) : error);
    }
  };
  if (classes.length < 2)
    throw new UserError(`${file}: found ${classes.length} classes; allowed: two or more`);
  const [validation, test] = [partOf(rowsOf('validation')), partOf(rowsOf('test'))];
  if (!validation && !test)
    throw new UserError(`${file}: found no predictions on validation or test images; allowed: at least one`);
  return someResults({ classes, validation, test });

  function located(mistake: Mistake): UserError {
    return new UserError(`${file}${placeOf(mistake)}: ${mistake.message}`);
  }
}

type Part = 'train' | 'validation' | 'test';

/** The part of each image: by a column of splits, else by the file's name. Throws what `located` makes of a Mistake, which names the row. */
export function partsOf(
  splits: readonly string[] | null,
  count: number,
  file: string,
  located: (mistake: Mistake) => UserError,
): readonly Part[] {
  if (splits === null) return Array.from({ length: count }, () => partOfFile(file));
  return Array.from({ length: count }, (_, i) => {
    const part = splitOf(splits[i]!);
    if (part !== null) return part;
    throw located(
      new Mistake(['split', i], `found ${JSON.stringify(splits[i])}; allowed: validation, test, train`),
    );
  });
}

/** The part that a word of a table means; null for another word. */
function splitOf(text: string): Part | null {
  const word = text.trim().toLowerCase();
  if (['val', 'valid', 'validation'].includes(word)) return 'validation';
  return word === 'test' ? 'test' : ['train', 'training'].includes(word) ? 'train' : null;
}

/** The names of classes that images have, once each, in the order of their characters, as scikit-learn and Keras order texts: 10 before 2. */
export function classesAmong(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

/** The texts of a table's column that has one of the names, a row each; null where none has. */
export function columnOf({ columns, rows }: Table, kind: keyof typeof columnNames): readonly string[] | null {
  const name = columnNamed(columns, kind);
  return name === null ? null : rows.map(({ values }) => values[columns.indexOf(name)]!);
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

/** The column that has one of the names; null where none has. */
export function columnNamed(columns: readonly string[], kind: keyof typeof columnNames): string | null {
  const names: readonly string[] = columnNames[kind];
  return columns.find((column) => names.includes(column.toLowerCase())) ?? null;
}
