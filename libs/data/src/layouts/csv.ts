import { stat } from 'node:fs/promises';
import { isAbsolute, posix, resolve } from 'node:path';
import { mapConcurrently } from '@thaw/base';
import type { Split } from '../leakage/crossings.ts';
import { readTable } from '../read-table.ts';
import { byWalk } from './file-names.ts';
import type { Layout, ListedClass, ListedFile } from './layout.ts';
import { allowedParts, partNamed } from './part-names.ts';

const defaults = { file: 'labels.csv', path_column: 'path', label_column: 'label' };

interface Row extends ListedFile {
  readonly label: string;
  readonly written: string;
  readonly where: string;
}

/**
 * A table that names each image (relative to `path`), its class and, when `split_column` is set, its part (train, val or
 * test, in any case and under the other names that folders may have). Without that column `split.test` cuts a test set. A
 * row is a problem when its image does not exist, lies outside the folder, was named by an earlier row, or a cell that
 * counts is empty.
 */
export const listCsv: Layout = async (folder, settings) => {
  const { file, path_column, label_column, split_column } = { ...defaults, ...settings.csv };
  const needed = [path_column, label_column, ...(split_column ? [split_column] : [])];
  const { rows } = await readTable(resolve(folder, file), 'dataset.csv', needed);
  const problems: string[] = [];
  const listed: Row[] = [];
  const firstLine = new Map<string, number>();
  for (const { line, values } of rows) {
    const where = `${file}, line ${line}`;
    const path = values[path_column]!;
    const written = values[label_column]!;
    const set: Split | null = split_column ? partNamed(values[split_column]!) : null;
    const name = posix.normalize(path.replaceAll('\\', '/'));
    if (path === '') problems.push(`${where}: ${path_column} is empty`);
    else if (written === '') problems.push(`${where}: ${label_column} is empty`);
    else if (split_column && set === null) {
      problems.push(`${where}: ${split_column} is "${values[split_column]}"; allowed are ${allowedParts}`);
    } else if (isAbsolute(path) || name === '..' || name.startsWith('../')) {
      problems.push(`${where}: ${path} lies outside the data set's folder`);
    } else if (firstLine.has(name)) {
      problems.push(`${where}: ${name} was named in line ${firstLine.get(name)} already`);
    } else {
      firstLine.set(name, line);
      listed.push({ name, label: written.normalize('NFC'), written, set, where });
    }
  }
  const found = await mapConcurrently(listed, 32, ({ name }) => nameOnDisk(folder, name));
  const files = listed.flatMap((row, index): ListedFile[] => {
    const name = found[index];
    if (name) return [{ name, label: row.label, set: row.set }];
    problems.push(`${row.where}: there is no file ${row.name}`);
    return [];
  });
  if (rows.length === 0) problems.push(`${file} has no rows`);
  else if (split_column && listed.every(({ set }) => set === 'train')) {
    problems.push(
      `${file} has training rows alone; leave split_column out to have split.test cut a test set`,
    );
  }
  const classes = listed.map(({ label, written, set }): ListedClass => ({ label, written, set }));
  return {
    files: files.sort((a, b) => byWalk(a.name, b.name)),
    classes: [...new Map(classes.map((each) => [JSON.stringify(each), each])).values()],
    problems,
    bad: [],
    notes: [],
    ignored: [],
  };
};

/** The file of this name, whichever Unicode normal form its name has on disk; null where there is none. */
async function nameOnDisk(folder: string, name: string): Promise<string | null> {
  for (const form of new Set([name, name.normalize('NFC'), name.normalize('NFD')])) {
    const entry = await stat(resolve(folder, form)).catch(() => null);
    if (entry?.isFile()) return form;
  }
  return null;
}
