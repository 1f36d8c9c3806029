import { join } from 'node:path';
import { UserError } from '@thaw/base';
import { prefixed, show, type Figures, type PredictionRow } from '@thaw/experiment';
import { argmax, evaluate } from '@thaw/metrics';
import type { GroupedImage, KeptGroups, PredictedSplit } from '@thaw/tracking';
import { readPredictionFile, type StatedPrediction } from './prediction-files.ts';

const parts = ['train', 'validation', 'test'] as const;
type Part = (typeof parts)[number];

/** What a program has predicted for images, in the form in which runs keep it. */
export interface BroughtPredictions {
  readonly classes: readonly string[];
  /** Of test images null where it has left them alone. */
  readonly validation: readonly PredictionRow[];
  readonly test: readonly PredictionRow[] | null;
  /** Null where they name none. */
  readonly groups: KeptGroups | null;
  /** Their metrics by name: `val_accuracy`, `test_accuracy` and the others. */
  readonly figures: Readonly<Record<string, number>>;
}

/** The files in which a program may leave them; in `predictions` each row names its split. */
const names = ['predictions', 'predictions-validation', 'predictions-test'] as const;

interface Row extends PredictionRow {
  readonly part: Part;
  readonly group: string | null;
  readonly place: string;
}

/**
 * The predictions that a program has left in its folder; null where there are none. A UserError names file and line of what is
 * wrong, which predictions of test images alone are too: nobody should choose by them.
 */
export async function readBroughtPredictions(folder: string): Promise<BroughtPredictions | null> {
  const rows: Row[] = [];
  let classes: readonly string[] | null = null;
  for (const name of names) {
    for (const ending of ['csv', 'jsonl']) {
      const path = join(folder, `${name}.${ending}`);
      const stated = await readPredictionFile(path);
      if (stated === null) continue;
      classes ??= classesOf(stated[0]!, path);
      const part = name === 'predictions' ? null : (name.replace('predictions-', '') as Part);
      for (const each of stated) rows.push(checked(each, path, classes, part));
    }
  }
  if (classes === null) return null;
  checkOnce(rows);
  const ofPart = (part: PredictedSplit) =>
    rows
      .filter((row) => row.part === part)
      .map(({ file, label, predicted, probabilities }) => ({ file, label, predicted, probabilities }));
  const [validation, test] = [ofPart('validation'), ofPart('test')];
  if (validation.length === 0) {
    throw new UserError(
      `${folder}: found no predictions of validation images; allowed: of validation images, and of test images too`,
    );
  }
  const figures = {
    ...prefixed('val_', figuresOf(validation, classes)),
    ...(test.length > 0 && prefixed('test_', figuresOf(test, classes))),
  };
  const known = Object.entries(figures).filter(([, value]) => value !== undefined);
  return {
    classes,
    validation,
    test: test.length > 0 ? test : null,
    groups: groupsOf(rows),
    figures: Object.fromEntries(known) as Record<string, number>,
  };
}

function classesOf({ probabilities, line }: StatedPrediction, path: string): string[] {
  const isByName =
    typeof probabilities === 'object' && probabilities !== null && !Array.isArray(probabilities);
  const found = isByName ? Object.keys(probabilities) : [];
  if (found.length >= 2) return found;
  throw new UserError(
    `${path}:${line}: probabilities: found ${show(probabilities)}; allowed: by class name, such as {"A": 0.9, "B": 0.1}`,
  );
}

function checked(
  stated: StatedPrediction,
  path: string,
  classes: readonly string[],
  ofFile: Part | null,
): Row {
  const place = `${path}:${stated.line}`;
  const refuse = (key: string, found: unknown, allowed: string) =>
    new UserError(`${place}: ${key}: found ${show(found)}; allowed: ${allowed}`);
  const { file, label, predicted, group = null, probabilities, split = ofFile } = stated;
  if (typeof file !== 'string' || file === '') throw refuse('file', file, "the image's path");
  if (!classes.some((each) => each === label)) throw refuse('label', label, classes.join(', '));
  const part = parts.find((each) => each === split);
  const isOfFile = ofFile === null || part === ofFile;
  if (part === undefined || !isOfFile) throw refuse('split', split, ofFile ?? parts.join(', '));
  if (group !== null && (typeof group !== 'string' || group === '')) {
    throw refuse('group', group, 'a name in each row, or in none');
  }
  const given = (probabilities ?? {}) as Readonly<Record<string, unknown>>;
  const values = classes.map((name) => given[name]);
  const isShare = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1;
  const isWhole = values.every(isShare) && Object.keys(given).length === classes.length;
  const total = isWhole ? values.reduce((sum, value) => sum + value, 0) : Number.NaN;
  if (!isWhole || Math.abs(total - 1) > 0.01) {
    throw refuse(
      'probabilities',
      probabilities,
      `one from 0 to 1 for each of ${classes.join(', ')}, together 1`,
    );
  }
  const likeliest = classes[argmax(values)]!;
  if (predicted !== undefined && predicted !== likeliest) {
    throw refuse('predicted', predicted, `${likeliest}, the most probable class`);
  }
  return { file, label: label as string, predicted: likeliest, probabilities: values, part, group, place };
}

function checkOnce(rows: readonly Row[]): void {
  const seen = new Map<string, string>();
  for (const { file, part, place } of rows) {
    const before = seen.get(file);
    if (before !== undefined) {
      throw new UserError(
        `${place}: file: found ${show(file)} again (first at ${before}); allowed: each image once`,
      );
    }
    seen.set(file, `${place}, ${part}`);
  }
}

/** Groups as the rows name them; a UserError where some do and some do not. */
function groupsOf(rows: readonly Row[]): KeptGroups | null {
  const without = rows.find(({ group }) => group === null);
  if (rows.every(({ group }) => group === null)) return null;
  if (without !== undefined) {
    throw new UserError(`${without.place}: group: found nothing; allowed: a name in each row, or in none`);
  }
  const images = rows.map(({ file, part, label, group }): GroupedImage => ({
    path: file,
    split: part,
    class: label,
    group: group!,
  }));
  return { origin: 'named', images };
}

function figuresOf(rows: readonly PredictionRow[], classes: readonly string[]): Figures<''> {
  return evaluate(
    rows.map(({ label }) => classes.indexOf(label)),
    rows.map(({ probabilities }) => probabilities),
  );
}
