import { UserError } from '@thaw/base';
import { classificationReport } from '@thaw/metrics';
import { partOfFile } from './part-of-file.ts';
import { columnNamed, splitOf, type columnNames } from './prediction-columns.ts';
import { someResults, type PartResults, type Results } from './results.ts';
import type { Table } from './table.ts';

/** Whether a table says of each image what it is and what was predicted, and no probability. */
export function isTabledLabels({ columns }: Table): boolean {
  return (['labels', 'predicted'] as const).every((kind) => columnNamed(columns, kind) !== null);
}

/** The figures of predicted classes, by `split` or by the file's name; what needs probabilities is not known. */
export function readTabledLabels({ columns, rows }: Table, file: string): Results {
  const column = (kind: keyof typeof columnNames) => {
    const name = columnNamed(columns, kind);
    return name === null ? null : rows.map(({ values }) => values[columns.indexOf(name)]!);
  };
  const [labels, predicted, splits] = [column('labels')!, column('predicted')!, column('split')];
  const classes = [...new Set([...labels, ...predicted])].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  if (classes.length < 2)
    throw new UserError(`${file}: found ${classes.length} classes; allowed: two or more`);
  const empty = rows.find((_, i) => labels[i] === '' || predicted[i] === '');
  if (empty)
    throw new UserError(
      `${file}, ${empty.place}: found no class; allowed: the true one and the predicted one`,
    );
  const parts = rows.map(({ place }, i) => {
    const part = splits === null ? partOfFile(file) : splitOf(splits[i]!);
    if (part !== null) return part;
    throw new UserError(
      `${file}, ${place}: split: found ${JSON.stringify(splits![i])}; allowed: validation, test`,
    );
  });
  const partOf = (part: 'validation' | 'test'): PartResults | null => {
    const indices = rows.flatMap((_, i) => (parts[i] === part ? [i] : []));
    if (indices.length === 0) return null;
    const places = (names: readonly string[]) => indices.map((i) => classes.indexOf(names[i]!));
    return { report: classificationReport(places(labels), places(predicted), classes), loss: Number.NaN };
  };
  const [validation, test] = [partOf('validation'), partOf('test')];
  if (!validation && !test)
    throw new UserError(`${file}: found no predictions on validation or test images; allowed: at least one`);
  return someResults({ classes, validation, test });
}
