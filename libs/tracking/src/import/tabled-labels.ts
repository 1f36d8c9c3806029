import { UserError } from '@thaw/base';
import { classificationReport } from '@thaw/metrics';
import { classesAmong, classesOfRows, columnNamed, columnOf, cutNotes } from './column-names.ts';
import { partsOf } from './prediction-columns.ts';
import { someResults, type PartResults, type Results } from './results.ts';
import type { Table } from './table.ts';

/** Whether a table says of each image what it is and what was predicted, and no probability. */
export function isTabledLabels({ columns }: Table): boolean {
  return (['labels', 'predicted'] as const).every((kind) => columnNamed(columns, kind) !== null);
}

/** The figures of predicted classes, by `split` or by the file's name; what needs probabilities is not known. */
export function readTabledLabels(table: Table, file: string): Results {
  const { rows } = table;
  const notes = cutNotes(table, file);
  const { labels, predicted: known } = classesOfRows(table);
  const predicted = known!;
  const classes = classesAmong([...labels, ...predicted]);
  if (classes.length < 2)
    throw new UserError(`${file}: found ${classes.length} classes; allowed: two or more`);
  const empty = rows.find((_, i) => labels[i] === '' || predicted[i] === '');
  if (empty)
    throw new UserError(
      `${file}, ${empty.place}: found no class; allowed: the true one and the predicted one`,
    );
  if (arePlaces(labels) !== arePlaces(predicted) && !labels.some((label) => predicted.includes(label)))
    throw new UserError(
      `${file}: found the true classes ${someOf(labels)} and the predicted ${someOf(predicted)}; allowed: the same names in both`,
    );
  const parts = partsOf(
    columnOf(table, 'split'),
    rows.length,
    file,
    ({ path: [field, row], message }) =>
      new UserError(`${file}, ${rows[row as number]!.place}: ${field}: ${message}`),
  );
  const partOf = (part: 'validation' | 'test'): PartResults | null => {
    const indices = rows.flatMap((_, i) => (parts[i] === part ? [i] : []));
    if (indices.length === 0) return null;
    const places = (names: readonly string[]) => indices.map((i) => classes.indexOf(names[i]!));
    return { report: classificationReport(places(labels), places(predicted), classes), loss: Number.NaN };
  };
  const [validation, test] = [partOf('validation'), partOf('test')];
  if (!validation && !test)
    throw new UserError(`${file}: found no predictions on validation or test images; allowed: at least one`);
  return someResults({ classes, validation, test, notes });
}

/** Whether classes are told by their places, as 0 and 1. */
function arePlaces(names: readonly string[]): boolean {
  return names.every((name) => /^\d+$/.test(name));
}

function someOf(names: readonly string[]): string {
  return classesAmong(names).slice(0, 5).join(', ');
}
