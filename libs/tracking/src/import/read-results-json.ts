import { UserError } from '@thaw/base';
import type { EpochRecord, PredictionRow } from '@thaw/experiment';
import { argmax, type ClassScores } from '@thaw/metrics';
import { epochOf } from './epoch-of.ts';
import { figuresOf } from './figures-of.ts';
import { completeReport } from './complete-report.ts';
import { lineOf, keyOf, Mistake, mistakeOf, type Path } from './json-mistake.ts';
import type { LooseJson } from './loose-json.ts';
import { someResults, type PartResults, type Results } from './results.ts';
import { resultsSchema, type PartJson, type ResultsJson } from './results-schema.ts';

/** Of an epoch, or of each class in it; null is NaN. */
type Figure = number | null | readonly (number | null)[];

const averages = ['accuracy', 'macro avg', 'weighted avg', 'micro avg', 'samples avg'];

/** Results of another program as JSON (`resultsSchema`). A UserError names the line and key of what is wrong, what was found and what is allowed. */
export function readResultsJson({ data, json }: LooseJson, file: string): Results {
  const parsed = resultsSchema.safeParse(data);
  return withPlaces(json, file, () => {
    if (!parsed.success) throw mistakeOf(parsed.error, data);
    return resultsOf(parsed.data);
  });
}

/** Has a Mistake name the file, the line and the key. */
export function withPlaces<T>(text: string, file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    const key = error.path.length === 0 ? '' : ` ${keyOf(error.path)}:`;
    throw new UserError(`${file}, line ${lineOf(text, error.path)}:${key} ${error.message}`);
  }
}

function resultsOf({ name, program, parameters, history, ...json }: ResultsJson): Results {
  const { validation, test } = json;
  if (!validation && !test && !history)
    throw new Mistake(['validation'], 'found nothing; allowed: {"report": ...} or {"predictions": [...]}');
  const first = validation ? (['validation', validation] as const) : test ? (['test', test] as const) : null;
  const classes = json.classes ?? (first && classesOf(first[1], [first[0]]));
  return someResults({
    name: name ?? null,
    program: program ?? null,
    parameters,
    classes,
    epochs: epochsOf(history ?? {}),
    validation: validation ? partOf(validation, classes!, 'validation') : null,
    test: test ? partOf(test, classes!, 'test') : null,
  });
}

function classesOf({ report, predictions }: PartJson, path: Path): string[] {
  if (report) return Object.keys(report).filter((key) => !averages.includes(key));
  const { probabilities } = predictions![0]!;
  if (!Array.isArray(probabilities)) return Object.keys(probabilities);
  throw new Mistake(
    [...path, 'predictions', 0, 'probabilities'],
    'found a list, but no "classes" that say which class each number is of; allowed: a list beside "classes", or probabilities by class name',
  );
}

function partOf(part: PartJson, classes: readonly string[], name: 'validation' | 'test'): PartResults {
  const { report, predictions, loss = Number.NaN } = part;
  if (predictions) {
    const twice = firstRepeated(predictions.map((row) => row.file));
    if (twice !== null) {
      throw new Mistake(
        [name, 'predictions', twice, 'file'],
        `found ${JSON.stringify(predictions[twice]!.file)} twice; allowed: each image once`,
      );
    }
    return {
      rows: predictions.map((row, i) => rowOf(row, classes, [name, 'predictions', i])),
      groups: groupsOf(predictions, [name, 'predictions']),
    };
  }
  const path = [name, 'report'];
  const given = classesOf(part, path);
  const missing = classes.find((each) => !given.includes(each));
  const unknown = given.find((each) => !classes.includes(each));
  if (unknown !== undefined)
    throw new Mistake([...path, unknown], `found the class ${unknown}; allowed: ${classes.join(', ')}`);
  if (missing !== undefined)
    throw new Mistake(path, `found no class ${missing}; allowed: all of ${classes.join(', ')}`);
  const perClass = classes.map((each): ClassScores => ({ class: each, ...report![each]! }));
  const completed = completeReport({
    perClass,
    accuracy: report!.accuracy ?? null,
    macro: report!['macro avg'] ?? null,
    weighted: report!['weighted avg'] ?? null,
  });
  if ('contradiction' in completed) throw new Mistake(path, completed.contradiction);
  return { report: completed.report, loss };
}

function rowOf(
  { file, label, predicted, probabilities }: NonNullable<PartJson['predictions']>[number],
  classes: readonly string[],
  path: Path,
): PredictionRow {
  const among = `allowed: ${classes.join(', ')}`;
  if (!classes.includes(label))
    throw new Mistake([...path, 'label'], `found ${JSON.stringify(label)}; ${among}`);
  const row = Array.isArray(probabilities)
    ? probabilities
    : classes.map((name) => probabilities[name] ?? Number.NaN);
  const names = Array.isArray(probabilities) ? row.length : Object.keys(probabilities).length;
  const total = row.reduce((sum, value) => sum + value, 0);
  if (names !== classes.length || !(Math.abs(total - 1) < 0.01)) {
    const found =
      names === classes.length && !Number.isNaN(total)
        ? `probabilities that add up to ${total}`
        : JSON.stringify(probabilities);
    throw new Mistake(
      [...path, 'probabilities'],
      `found ${found}; allowed: one for each of ${classes.join(', ')}, together 1`,
    );
  }
  const likeliest = classes[argmax(row)]!;
  if (predicted !== undefined && predicted !== likeliest) {
    throw new Mistake(
      [...path, 'predicted'],
      `found ${JSON.stringify(predicted)}; allowed: ${likeliest}, the most probable class`,
    );
  }
  return { file, label, predicted: likeliest, probabilities: row };
}

/** Null where no row names one. */
function groupsOf(predictions: NonNullable<PartJson['predictions']>, path: Path): string[] | null {
  const groups = predictions.map(({ group }) => group);
  const without = groups.indexOf(undefined);
  if (without < 0) return groups as string[];
  if (groups.every((group) => group === undefined)) return null;
  throw new Mistake(
    [...path, without],
    'found no group, where other predictions have one; allowed: one for each, or for none',
  );
}

/** Keras's curves, one list a figure, as one record an epoch. */
export function epochsOf(history: Readonly<Record<string, readonly Figure[]>>): EpochRecord[] {
  const lengths = new Set(Object.values(history).map(({ length }) => length));
  if (lengths.size > 1) {
    throw new Mistake(
      ['history'],
      `found lists of ${[...lengths].join(' and ')} epochs; allowed: lists of one length`,
    );
  }
  return Array.from({ length: [...lengths][0] ?? 0 }, (_, i) =>
    epochOf(
      i + 1,
      Object.fromEntries(
        Object.entries(history).flatMap(([name, curve]) => figuresOf(name, numbersOf(curve[i]!))),
      ),
    ),
  );
}

function numbersOf(figure: Figure): number | number[] {
  return typeof figure === 'object' && figure !== null
    ? figure.map((value) => value ?? Number.NaN)
    : (figure ?? Number.NaN);
}

function firstRepeated(names: readonly string[]): number | null {
  const seen = new Set<string>();
  const index = names.findIndex((name) => seen.size === seen.add(name).size);
  return index < 0 ? null : index;
}
