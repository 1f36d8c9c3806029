import { UserError } from '@thaw/base';
import { keyOf, Mistake } from './json-mistake.ts';
import { partOfFile } from './part-of-file.ts';
import { namesOrPlaces, readPredictionTable, type PredictionTable } from './prediction-table.ts';
import { someResults, type Results } from './results.ts';
import { ofTwoClasses } from './two-classes.ts';

/** Whole numbers among labels and predicted classes are names where each is one, else places. */
export interface PredictionColumns extends Omit<PredictionTable, 'predicted'> {
  readonly classes: readonly string[];
  /** Null where the program gives none. A column that has something else than classes says nothing. */
  readonly predicted: readonly (string | number)[] | null;
  /** One for each class, or one number alone, which `ofTwoClasses` reads. */
  readonly probabilities: readonly (readonly number[])[];
  /** The split of each image; null where the file does not say. */
  readonly splits: readonly string[] | null;
}

/** Predictions of one split or both. Without a column that says which, the file's name does: `val` in it is validation, any other test. */
export function readPredictionColumns(
  { classes, splits, ...columns }: PredictionColumns,
  file: string,
  placeOf: (mistake: Mistake) => string = (mistake) => `: ${keyOf(mistake.path)}`,
): Results {
  const predicted = columns.predicted && knownClasses(columns.predicted, classes);
  const table = {
    ...columns,
    labels: namesOrPlaces(columns.labels, classes),
    predicted,
    probabilities: locating(() => probabilitiesOf(columns.probabilities, predicted, classes)),
  };
  const parts = partsOf(splits, table.files.length, file, located);
  const rowsOf = (part: Part) => parts.flatMap((each, i) => (each === part ? [i] : []));
  const partOf = (indices: readonly number[]) => {
    if (indices.length === 0) return null;
    const pick = <T>(values: readonly T[]) =>
      values.length === table.files.length ? indices.map((i) => values[i]!) : values;
    const part = {
      files: pick(table.files),
      labels: pick(table.labels),
      probabilities: pick(table.probabilities),
      groups: table.groups && pick(table.groups),
      predicted: predicted && pick(predicted),
    };
    return locating(() => readPredictionTable(part, classes), indices);
  };
  if (classes.length < 2)
    throw new UserError(`${file}: found ${classes.length} classes; allowed: two or more`);
  const [validation, test] = [partOf(rowsOf('validation')), partOf(rowsOf('test'))];
  if (!validation && !test)
    throw new UserError(`${file}: found no predictions on validation or test images; allowed: at least one`);
  return someResults({ classes, validation, test });

  /** `indices`: where the rows of what is read stand in the table; those of the table itself when left out. */
  function locating<T>(read: () => T, indices?: readonly number[]): T {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      const [field, row] = error.path;
      const isMoved = typeof row === 'number' && indices !== undefined;
      throw located(isMoved ? new Mistake([field!, indices[row]!], error.message) : error);
    }
  }

  function located(mistake: Mistake): UserError {
    return new UserError(`${file}${placeOf(mistake)}: ${mistake.message}`);
  }
}

/** The names of predicted classes, empty where there is none. Null where some are no class: such a column says something else. */
function knownClasses(
  predicted: readonly (string | number)[],
  classes: readonly string[],
): readonly string[] | null {
  const names = namesOrPlaces(predicted, classes).map((each) =>
    typeof each === 'number' ? classes[each] : each,
  );
  return names.every((name) => name === '' || (name !== undefined && classes.includes(name)))
    ? (names as string[])
    : null;
}

function probabilitiesOf(
  rows: readonly (readonly number[])[],
  predicted: readonly string[] | null,
  classes: readonly string[],
): readonly (readonly number[])[] {
  if (classes.length !== 2 || rows.some(({ length }) => length !== 1)) return rows;
  const names = predicted?.length === rows.length ? predicted : rows.map(() => '');
  return ofTwoClasses(
    rows.map(([value]) => value!),
    names,
    classes,
  );
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
