import { UserError } from '@thaw/base';
import { classesAmong, columnNamed } from './column-names.ts';
import { readPredictionColumns } from './prediction-columns.ts';
import type { Results } from './results.ts';

/** Columns of predictions, `labels` and `probabilities`, which are lists or one number a class by its name. */
export function readJsonPredictions(data: Readonly<Record<string, unknown>>, file: string): Results {
  const list = (
    kind: Parameters<typeof columnNamed>[1],
  ): { name: string; values: readonly unknown[] } | null => {
    const name = columnNamed(Object.keys(data), kind);
    const values = name === null ? null : data[name];
    if (values === null || values === undefined) return null;
    if (!Array.isArray(values))
      throw new UserError(`${file}: ${name}: found no list; allowed: a list, one value an image`);
    return { name: name!, values };
  };
  const texts = (kind: Parameters<typeof columnNamed>[1]) => {
    const found = list(kind);
    const wrong =
      found?.values.findIndex((value) => typeof value !== 'string' && typeof value !== 'number') ?? -1;
    if (wrong >= 0)
      throw new UserError(
        `${file}: ${found!.name}[${wrong}]: found ${JSON.stringify(found!.values[wrong]) ?? 'nothing'}; allowed: a text`,
      );
    return found && found.values.map(String);
  };
  const labels = list('labels')!.values;
  const probabilities = list('probabilities')!.values;
  const classes = texts('classes') ?? classesIn(labels, probabilities);
  const rows = probabilities.map((row, i) => rowOf(row, classes, `${file}: probabilities[${i}]`));
  return readPredictionColumns(
    {
      files: texts('files') ?? rows.map((_, i) => `image ${i}`),
      labels: labels.map((label) => (typeof label === 'number' ? label : String(label))),
      probabilities: rows,
      predicted: predictedOf(list('predicted')?.values),
      groups: texts('groups'),
      splits: texts('split'),
      classes,
    },
    file,
  );
}

/** Null for what names no classes: some call probabilities so, too. */
function predictedOf(values: readonly unknown[] | undefined): readonly (string | number)[] | null {
  const isClass = (value: unknown): value is string | number =>
    typeof value === 'string' || typeof value === 'number';
  return values?.every(isClass) ? values : null;
}

/** The names of probabilities by name, else those of labels, else places. */
function classesIn(labels: readonly unknown[], probabilities: readonly unknown[]): string[] {
  const first = probabilities[0];
  if (typeof first === 'object' && first !== null && !Array.isArray(first)) return Object.keys(first);
  if (labels.every((label) => typeof label === 'string')) return classesAmong(labels);
  return Array.from({ length: Array.isArray(first) ? first.length : 2 }, (_, i) => String(i));
}

function rowOf(row: unknown, classes: readonly string[], where: string): number[] {
  const values = Array.isArray(row)
    ? row
    : typeof row === 'object' && row !== null
      ? classes.map((name) => (row as Record<string, unknown>)[name])
      : [row];
  if (values.every((value) => typeof value === 'number')) return values;
  throw new UserError(
    `${where}: found ${JSON.stringify(row)?.slice(0, 80) ?? 'nothing'}; allowed: a number for each class`,
  );
}
