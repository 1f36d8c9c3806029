import { readdir } from 'node:fs/promises';
import type { Layout, Listing } from './layout.ts';
import { missingClasses } from './missing-classes.ts';
import { byCodePoint, isSystemFile } from './file-names.ts';
import { walkClasses } from './walk-classes.ts';

/**
 * The layout of Keras's examples and of Kaggle's blood cells; other folders beside the two do not count, and `train`
 * may be written in any case.
 *
 * ```
 * <path>/TRAIN/MONOCYTE/a.jpeg
 * <path>/TRAIN/NEUTROPHIL/b.jpeg
 * <path>/TEST/MONOCYTE/c.jpeg
 * <path>/TEST/NEUTROPHIL/d.jpeg
 * ```
 */
export const listTrainTestFolders: Layout = async (folder) => {
  const found = (await readdir(folder)).filter((name) => !isSystemFile(name)).sort(byCodePoint);
  const problems: string[] = [];
  const walk = async (set: 'train' | 'test') => {
    const named = found.filter((name) => name.toLowerCase() === set);
    if (named.length === 1) return walkClasses(folder, named[0]!, set);
    problems.push(
      named.length > 1
        ? `it has more than one ${set.toUpperCase()} folder: ${named.join(', ')}`
        : `it has no ${set.toUpperCase()} folder; it holds ${summary(found)}`,
    );
    return null;
  };
  const train = await walk('train');
  const test = await walk('test');
  if (!train && !test && found.length > 0) {
    problems.push('if its folders are classes, set dataset.layout: class-folders');
  }
  const parts = [train, test].filter((part) => part !== null);
  for (const part of parts) problems.push(...part.problems);
  if (train && test) problems.push(...missingClasses(train.classes, test.classes));
  return {
    files: parts.flatMap((part) => part.files),
    problems,
    bad: parts.flatMap((part) => part.bad),
  } satisfies Listing;
};

function summary(names: readonly string[]): string {
  if (names.length === 0) return 'nothing';
  return names.slice(0, 8).join(', ') + (names.length > 8 ? ` and ${names.length - 8} more` : '');
}
