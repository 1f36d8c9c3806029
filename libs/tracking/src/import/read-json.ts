import { UserError } from '@thaw/base';
import { z } from 'zod';
import { Mistake, mistakeOf } from './json-mistake.ts';
import { parseLooseJson } from './loose-json.ts';
import { columnNamed, readPredictionColumns } from './prediction-columns.ts';
import { epochsOf, readResultsJson, withPlaces } from './read-results-json.ts';
import { resultsOfReport } from './report-dict.ts';
import { resultsSchema } from './results-schema.ts';
import { someResults, type Results } from './results.ts';

/** Keras's `History.history` (as it is, or as pandas writes it as JSON), scikit-learn's `output_dict`, columns or rows of predictions, or results as Thaw documents them. */
export function readJson(text: string, file: string): Results {
  const data = parseLooseJson(text, file);
  if (isRows(data, (row) => columnNamed(Object.keys(row), 'probabilities') !== null))
    return readColumns(columnsOf(data), file);
  if (isRows(data, (row) => 'loss' in row)) return readHistory(text, columnsOf(data), file);
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) {
    const object = data as Record<string, unknown>;
    const columns = Object.keys(object);
    if (columnNamed(columns, 'labels') && columnNamed(columns, 'probabilities'))
      return readColumns(object, file);
    const isOwn = columns.some((key) => key in resultsSchema.shape && !Array.isArray(object[key]));
    if (!isOwn && Object.values(object).some(isScores)) return readReport(text, data, file);
    if (!isOwn && columns.length > 0 && Object.values(object).every((value) => Array.isArray(value)))
      return readHistory(text, data, file);
    if (!isOwn && columns.length > 0 && Object.values(object).every(isPandasColumn))
      return readHistory(text, listsOf(object), file);
  }
  return readResultsJson(text, file);
}

function isScores(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'f1-score' in value;
}

/** Whether these are objects in a list, by the first of them. */
function isRows(
  data: unknown,
  fits: (row: Record<string, unknown>) => boolean,
): data is Record<string, unknown>[] {
  const first: unknown = Array.isArray(data) ? data[0] : null;
  return typeof first === 'object' && first !== null && fits(first as Record<string, unknown>);
}

/** A column of `DataFrame.to_json()`: values by the number of the row. */
function isPandasColumn(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && Object.keys(value).every((key, i) => key === String(i))
  );
}

function listsOf(columns: Readonly<Record<string, unknown>>): Record<string, unknown[]> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, Object.values(column as object)]),
  );
}

function readReport(text: string, data: unknown, file: string): Results {
  return withPlaces(text, file, () => resultsOfReport(data, file));
}

const figure = z.number({ error: 'a number or null' }).nullable();
const historySchema = z.record(
  z.string(),
  z.array(z.union([figure, z.array(figure)], { error: 'a number or null' })),
);

function readHistory(text: string, data: unknown, file: string): Results {
  const parsed = historySchema.safeParse(data);
  return withPlaces(text, file, () => {
    if (!parsed.success) throw mistakeOf(parsed.error, data);
    // Which epoch it is, as pandas may have it beside.
    const curves = { ...parsed.data };
    delete curves['epoch'];
    const epochs = epochsOf(curves);
    if (epochs.length === 0) throw new Mistake([], 'found no epoch; allowed: at least one number a list');
    return someResults({ program: 'Keras', epochs });
  });
}

/** A list a field of what rows have. */
function columnsOf(rows: readonly Record<string, unknown>[]): Record<string, unknown> {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return Object.fromEntries([...names].map((name) => [name, rows.map((row) => row[name])]));
}

function readColumns(data: Record<string, unknown>, file: string): Results {
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
      groups: texts('groups'),
      splits: texts('split'),
      classes,
    },
    file,
  );
}

/** The names of probabilities by name, else those of labels, else places. */
function classesIn(labels: readonly unknown[], probabilities: readonly unknown[]): string[] {
  const first = probabilities[0];
  if (typeof first === 'object' && first !== null && !Array.isArray(first)) return Object.keys(first);
  if (labels.every((label) => typeof label === 'string')) return [...new Set(labels)].sort();
  return Array.from({ length: Array.isArray(first) ? first.length : 2 }, (_, i) => String(i));
}

function rowOf(row: unknown, classes: readonly string[], where: string): number[] {
  const values = Array.isArray(row)
    ? row
    : typeof row === 'object' && row !== null
      ? classes.map((name) => (row as Record<string, unknown>)[name])
      : [row];
  if (values.every((value) => typeof value === 'number'))
    return values.length === 1 ? [1 - values[0]!, values[0]!] : values;
  throw new UserError(
    `${where}: found ${JSON.stringify(row)?.slice(0, 80) ?? 'nothing'}; allowed: a number for each class`,
  );
}
