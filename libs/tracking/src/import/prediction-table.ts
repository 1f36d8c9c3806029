import type { PredictionRow } from '@thaw/experiment';
import { argmax, evaluate } from '@thaw/metrics';
import { Mistake } from './json-mistake.ts';

/** What was predicted for images, a column a field, as programs keep it; all of one length. */
export interface PredictionTable {
  readonly files: readonly string[];
  /** True classes: names, or places in `classes`. */
  readonly labels: readonly (string | number)[];
  /** One for each class, in the order of `classes`. */
  readonly probabilities: readonly (readonly number[])[];
  /** What an image belongs to (photograph, patient, slide); null where that is not known, as where all are empty. */
  readonly groups: readonly string[] | null;
  /** Names of predicted classes, which have to be the most probable ones; empty, null or left out where they are not known. */
  readonly predicted?: readonly string[] | null;
}

/** The same, checked, as a run keeps it. */
export interface PredictedPart {
  readonly rows: readonly PredictionRow[];
  /** The group of each row; null where they are not known. */
  readonly groups: readonly string[] | null;
}

/** How far from 1 the probabilities of an image may add up to: those of float16 do. */
const rounding = 0.01;

/** A Mistake names the field and the row, from 0. */
export function readPredictionTable(table: PredictionTable, classes: readonly string[]): PredictedPart {
  const { files, labels, probabilities, groups, predicted } = table;
  const columns = { labels, probabilities, ...(groups && { groups }), ...(predicted && { predicted }) };
  if (files.length === 0) throw new Mistake(['files'], 'found none; allowed: at least one image');
  for (const [name, column] of Object.entries(columns)) {
    if (column.length !== files.length)
      throw new Mistake([name], `found ${column.length}; allowed: one for each of the ${files.length} files`);
  }
  const seen = new Map<string, number>();
  const rows = files.map((file, i) => {
    if (file === '') throw new Mistake(['files', i], 'found no name; allowed: a path');
    if (seen.has(file))
      throw new Mistake(['files', i], `found ${JSON.stringify(file)} twice; allowed: each image once`);
    seen.set(file, i);
    const label = classOf(labels[i]!, classes, i);
    const row = checkProbabilities(probabilities[i]!, classes, i);
    const likeliest = classes[argmax(row)]!;
    if (predicted) checkPredicted(predicted[i]!, row, { classes, likeliest, at: i });
    return { file, label, predicted: likeliest, probabilities: row };
  });
  return { rows, groups: groups && checkGroups(groups) };
}

/**
 * Labels as names and places in `classes`: whole numbers are names where each of them is one, else places, as Keras's generators number
 * classes. Other texts are names.
 */
export function namesOrPlaces(
  labels: readonly (string | number)[],
  classes: readonly string[],
): readonly (string | number)[] {
  const names = labels.map(String);
  if (names.every((name) => classes.includes(name))) return names;
  return names.every((name) => /^\d+$/.test(name)) ? names.map(Number) : names;
}

/** Accuracy, loss and the other metrics of predictions. */
export function figuresOfRows(rows: readonly PredictionRow[], classes: readonly string[]) {
  return evaluate(
    rows.map(({ label }) => classes.indexOf(label)),
    rows.map(({ probabilities }) => probabilities),
  );
}

function classOf(label: string | number, classes: readonly string[], row: number): string {
  const name = typeof label === 'number' ? classes[label] : label;
  if (name !== undefined && classes.includes(name)) return name;
  throw new Mistake(['labels', row], `found ${JSON.stringify(label)}; allowed: ${classes.join(', ')}`);
}

/** Null where no image has a group. */
function checkGroups(groups: readonly string[]): readonly string[] | null {
  const without = groups.findIndex((group) => group.trim() === '');
  if (without < 0) return groups;
  if (groups.every((group) => group.trim() === '')) return null;
  throw new Mistake(
    ['groups', without],
    'found none, where other images have one; allowed: one for each, or for none',
  );
}

/** A predicted class may share its probability with others. */
function checkPredicted(
  predicted: string,
  row: readonly number[],
  { classes, likeliest, at }: { classes: readonly string[]; likeliest: string; at: number },
): void {
  if (predicted === '' || row[classes.indexOf(predicted)]! >= Math.max(...row)) return;
  throw new Mistake(
    ['predicted', at],
    `found ${JSON.stringify(predicted)}; allowed: ${likeliest}, the most probable class`,
  );
}

function checkProbabilities(row: readonly number[], classes: readonly string[], at: number): number[] {
  const path = ['probabilities', at];
  if (row.length !== classes.length)
    throw new Mistake(path, `found ${row.length}; allowed: one for each of ${classes.join(', ')}`);
  if (!row.every((value) => value >= 0 && value <= 1 + rounding))
    throw new Mistake(
      path,
      `found ${JSON.stringify(row)}; allowed: numbers from 0 to 1 (softmax, not logits)`,
    );
  const total = row.reduce((sum, value) => sum + value, 0);
  if (Math.abs(total - 1) >= rounding)
    throw new Mistake(path, `found probabilities that add up to ${total}; allowed: together 1`);
  return [...row];
}
