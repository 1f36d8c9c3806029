import { stat } from 'node:fs/promises';
import { isAbsolute, posix, resolve } from 'node:path';
import { mapConcurrently } from '@thaw/base';
import { readTable } from '../read-table.ts';
import { byWalk } from './file-names.ts';
import type { Layout, ListedFile } from './layout.ts';
import { missingClasses } from './missing-classes.ts';

const defaults = { file: 'labels.csv', path_column: 'path', label_column: 'label' };

/**
 * A table that names each image (relative to `path`), its class and, when `split_column` is set, its set (train or test
 * in any case). Without that column `split.test` cuts a test set. A row is a problem when its image does not exist, lies
 * outside the folder, was named by an earlier row, or a cell that counts is empty.
 */
export const listCsv: Layout = async (folder, settings) => {
  const { file, path_column, label_column, split_column } = { ...defaults, ...settings.csv };
  const needed = [path_column, label_column, ...(split_column ? [split_column] : [])];
  const { rows } = await readTable(resolve(folder, file), 'dataset.csv', needed);
  const problems: string[] = [];
  const listed: (ListedFile & { where: string })[] = [];
  const firstLine = new Map<string, number>();
  for (const { line, values } of rows) {
    const where = `${file}, line ${line}`;
    const written = values[path_column]!;
    const label = values[label_column]!;
    const set = split_column ? values[split_column]!.toLowerCase() : null;
    const name = posix.normalize(written.replaceAll('\\', '/'));
    if (written === '') problems.push(`${where}: ${path_column} is empty`);
    else if (label === '') problems.push(`${where}: ${label_column} is empty`);
    else if (set !== null && set !== 'train' && set !== 'test') {
      problems.push(`${where}: ${split_column} is "${values[split_column!]}"; allowed are train and test`);
    } else if (isAbsolute(written) || name === '..' || name.startsWith('../')) {
      problems.push(`${where}: ${written} lies outside the data set's folder`);
    } else if (firstLine.has(name)) {
      problems.push(`${where}: ${name} was named in line ${firstLine.get(name)} already`);
    } else {
      firstLine.set(name, line);
      listed.push({ name, label, set, where });
    }
  }
  const exists = await mapConcurrently(listed, 32, ({ name }) =>
    stat(resolve(folder, name)).then(
      (entry) => entry.isFile(),
      () => false,
    ),
  );
  const files = listed.filter(({ name, where }, index) => {
    if (!exists[index]) problems.push(`${where}: there is no file ${name}`);
    return exists[index];
  });
  if (rows.length === 0) problems.push(`${file} has no rows`);
  else if (split_column) {
    const classesOf = (set: string) => [
      ...new Set(listed.filter((row) => row.set === set).map((row) => row.label)),
    ];
    problems.push(...missingClasses(classesOf('train'), classesOf('test')));
  }
  return {
    files: files.map(({ name, label, set }) => ({ name, label, set })).sort((a, b) => byWalk(a.name, b.name)),
    problems,
    bad: [],
  };
};
