import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { didYouMean, nearest } from './nearest.ts';
import type { Problem } from './problem.ts';
import type { FilesDataset, Settings } from '../settings.ts';
import { show } from './show.ts';

const holds: Record<FilesDataset['layout'], string> = {
  'train-test-folders': 'a folder with TRAIN/<class>/* and TEST/<class>/*',
  'class-folders': 'a folder with <class>/*',
  csv: 'a folder of images with a table of labels',
};

/** Files and folders that settings name and that are not there. Paths are relative to the directory the command runs in. */
export function pathProblems({ dataset, split }: Settings): Problem[] {
  const problems: Problem[] = [];
  if ('path' in dataset) {
    const { path, layout } = dataset;
    const folder = missing(path, 'folder', holds[layout]);
    if (folder !== null) problems.push({ path: ['dataset', 'path'], message: folder });
    else if (layout === 'csv') {
      const table = missing(
        join(path, dataset.csv?.file ?? 'labels.csv'),
        'file',
        'a table (CSV) in dataset.path',
      );
      if (table !== null) problems.push({ path: ['dataset', 'csv', 'file'], message: table });
    }
  }
  if (typeof split.groups === 'object' && 'csv' in split.groups) {
    const table = missing(split.groups.csv, 'file', 'a table (CSV) of files and their groups');
    if (table !== null) problems.push({ path: ['split', 'groups', 'csv'], message: table });
  }
  return problems;
}

/** Why a path, as seen from a directory, is no file (folder); null when it is one. */
export function missing(
  path: string,
  kind: 'file' | 'folder',
  allowed: string,
  directory = process.cwd(),
): string | null {
  const there = resolve(directory, path);
  const status = stat(there);
  const [is, other] = kind === 'file' ? [status?.isFile(), 'folder'] : [status?.isDirectory(), 'file'];
  if (is) return null;
  if (status) return `found ${show(path)}, which is a ${other}; allowed: ${allowed}`;
  const found = `found ${show(path)}, which does not exist (${there})`;
  return `${found}; allowed: ${allowed}${didYouMean(similar(path, directory))}`;
}

function stat(path: string) {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

function similar(path: string, directory: string): string | null {
  try {
    const name = nearest(basename(path), readdirSync(dirname(resolve(directory, path))));
    return name === null ? null : join(dirname(path), name);
  } catch {
    return null;
  }
}
