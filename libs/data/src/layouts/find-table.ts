import { readdir, stat } from 'node:fs/promises';
import { join, posix, relative } from 'node:path';
import type { FilesDataset } from '@thaw/experiment';
import { readTable, type Table } from '../read-table.ts';
import { hasImageExtension } from './file-names.ts';
import { partNamed } from './part-names.ts';

/** A table that names images and their classes, as `dataset` of an experiment file says it. */
export interface FoundTable {
  /** What the paths in the table are relative to. */
  readonly folder: string;
  readonly csv: NonNullable<FilesDataset['csv']>;
}

const labelNames = /^(label|labels|class|class_?name|category|target|diagnosis|species|y)$/i;
const looked = 20;
const largestBytes = 50e6;

/**
 * The table in `folder` that names images, in it or in one of its `folders`, and the class of each: a column whose values are
 * files that are there, and one that is called as labels are, or is alone in having values that come again. `labels.csv` is
 * looked at first. Null where there is none.
 */
export async function findTable(folder: string, folders: readonly string[]): Promise<FoundTable | null> {
  const names = (await readdir(folder)).filter((name) => /\.csv$/i.test(name)).sort();
  const ordered = [...names.filter((name) => name === 'labels.csv'), ...names];
  for (const name of new Set(ordered)) {
    const file = join(folder, name);
    if ((await stat(file)).size > largestBytes) continue;
    // A table of something else may well be none that can be read.
    const table = await readTable(file, 'dataset.csv', []).catch(() => null);
    if (table === null || table.rows.length === 0) continue;
    for (const base of [folder, ...folders.map((each) => join(folder, each))]) {
      const columns = await columnsOf(table, base);
      if (columns === null) continue;
      return { folder: base, csv: { file: posixPath(relative(base, file)), ...columns } };
    }
  }
  return null;
}

async function columnsOf({ columns, rows }: Table, base: string) {
  const first = rows.slice(0, looked).map(({ values }) => values);
  let path: string | null = null;
  for (const column of columns) {
    const names = first.map((row) => row[column] ?? '').filter(hasImageExtension);
    const found = await Promise.all(names.map((name) => isFile(join(base, name))));
    if (names.length > 0 && found.filter(Boolean).length >= first.length / 2) path ??= column;
  }
  if (path === null) return null;
  const others = columns.filter((column) => column !== path);
  const valuesOf = (column: string) => new Set(rows.map(({ values }) => values[column]!));
  const split = others.find((column) => [...valuesOf(column)].every((value) => partNamed(value) !== null));
  const candidates = others.filter((column) => column !== split);
  const repeating = candidates.filter((column) => {
    const { size } = valuesOf(column);
    return size > 1 && size <= rows.length / 2;
  });
  const label =
    candidates.find((column) => labelNames.test(column)) ??
    (repeating.length === 1 ? repeating[0] : undefined);
  if (label === undefined) return null;
  return { path_column: path, label_column: label, ...(split !== undefined && { split_column: split }) };
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}

function posixPath(path: string): string {
  return posix.join(...path.split(/[\\/]/));
}
