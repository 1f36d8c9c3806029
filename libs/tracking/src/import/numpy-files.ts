import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError, unzipInMemory } from '@thaw/base';
import { readNpy, type NumpyArray } from './numpy.ts';
import { refuseOtherArchive } from './other-formats.ts';
import { columnNamed, columnNames } from './column-names.ts';
import { readPredictionColumns } from './prediction-columns.ts';
import { asTexts, tableOfJson } from './json-table.ts';
import type { Results } from './results.ts';
import { readTabledEpochs } from './tabled-epochs.ts';

const needed =
  'allowed: labels (n), probabilities (n rows, one number a class), and if known files, groups, split and classes';

/**
 * Predictions in an archive of numpy: arrays `labels` and `probabilities`, and `files`, `groups`, `split` and `classes` where they are
 * known; or the curves of a fit, an array a figure.
 */
export async function readNpz(bytes: Buffer, file: string): Promise<Results> {
  const entries = await unzipInMemory(bytes, file);
  refuseOtherArchive([...entries.keys()], file);
  const arrays = [...entries].map(
    ([name, content]) => [name.replace(/\.npy$/, ''), readNpy(content, `${file}, ${name}`)] as const,
  );
  const named = new Map(arrays);
  const arePredictions = (['labels', 'probabilities'] as const).every(
    (kind) => columnNamed([...named.keys()], kind) !== null,
  );
  return named.has('loss') && !arePredictions ? readCurves(named, file) : readArrays(named, file);
}

/** The curves of a fit: arrays of one length, a figure each. */
function readCurves(arrays: ReadonlyMap<string, NumpyArray>, file: string): Results {
  const curves = tableOfJson(Object.fromEntries([...arrays].map(([name, array]) => [name, rowsOf(array)])));
  if (curves !== null) return readTabledEpochs(asTexts(curves), file);
  const lengths = [...arrays].map(([name, { shape }]) => `${name} of ${shape[0] ?? 1}`).join(', ');
  throw new UserError(
    `${file}: found curves of several lengths (${lengths}); allowed: one number an epoch in each`,
  );
}

/** An array of probabilities in a file of its own, with `labels.npy` and, where they are known, `files.npy`, `groups.npy` and `classes.npy` beside it. */
export async function readPredictionNpy(path: string): Promise<Results> {
  const folder = dirname(path);
  const arrays = new Map([['probabilities', readNpy(await readFile(path), path)]]);
  for (const name of await readdir(folder)) {
    const [, stem] = /^(.+)\.npy$/.exec(name) ?? [];
    const known = Object.entries(columnNames).some(
      ([kind, names]) => kind !== 'probabilities' && names.some((each) => each === stem),
    );
    if (stem !== undefined && known)
      arrays.set(stem, readNpy(await readFile(join(folder, name)), join(folder, name)));
  }
  if (columnNamed([...arrays.keys()], 'labels') === null)
    throw new UserError(
      `${path}: found probabilities without labels; allowed: labels.npy beside it, or one .npz file with both`,
    );
  return readArrays(arrays, path);
}

function readArrays(arrays: ReadonlyMap<string, NumpyArray>, file: string): Results {
  const array = (kind: keyof typeof columnNames) =>
    arrays.get(columnNamed([...arrays.keys()], kind) ?? '') ?? null;
  const [labels, probabilities] = [array('labels'), array('probabilities')];
  if (!labels || !probabilities)
    throw new UserError(`${file}: found the arrays ${[...arrays.keys()].join(', ') || '(none)'}; ${needed}`);
  const [images = 0, columns = 1] = probabilities.shape;
  if (probabilities.shape.length > 2 || probabilities.values.some((value) => typeof value !== 'number'))
    throw new UserError(
      `${file}: found probabilities of shape (${probabilities.shape.join(', ')}); ${needed}`,
    );
  const numbers = probabilities.values as readonly number[];
  const rows = Array.from({ length: images }, (_, i) => numbers.slice(i * columns, (i + 1) * columns));
  const texts = (found: NumpyArray | null) => found && found.values.map(textOf);
  const classes =
    texts(array('classes')) ?? Array.from({ length: Math.max(2, columns) }, (_, i) => String(i));
  const predicted = array('predicted')?.values ?? null;
  return readPredictionColumns(
    {
      files: texts(array('files')) ?? rows.map((_, i) => `image ${i}`),
      labels: labelsOf(labels, classes, images),
      // Some call probabilities so, too.
      predicted: predicted?.length === images ? predicted : null,
      probabilities: rows,
      groups: texts(array('groups')),
      splits: texts(array('split')),
      classes,
    },
    file,
  );
}

function rowsOf({ shape, values }: NumpyArray): readonly unknown[] {
  const [count = 0, width] = shape;
  if (width === undefined) return values;
  return Array.from({ length: count }, (_, i) => values.slice(i * width, (i + 1) * width));
}

/** What is no number is no text. */
function textOf(value: number | string): string {
  return Number.isNaN(value) ? '' : String(value);
}

/** Names, places, or one row of zeros and a one for each image. */
function labelsOf(
  { shape, values }: NumpyArray,
  classes: readonly string[],
  images: number,
): readonly (string | number)[] {
  const [, width = 1] = shape;
  if (width === 1 || shape[0] !== images) return values;
  return Array.from({ length: images }, (_, i) => {
    const row = values.slice(i * width, (i + 1) * width) as number[];
    const place = row.indexOf(Math.max(...row));
    return classes[place] ?? place;
  });
}
