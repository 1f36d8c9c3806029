import { readdir } from 'node:fs/promises';
import { byCodePoint, isSystemFile } from './file-names.ts';
import type { Layout, Listing } from './layout.ts';
import { partLabel, partNamed, partOrder } from './part-names.ts';
import { foldersIn, walkClasses } from './walk-classes.ts';

/**
 * The layout of Keras's examples and of Kaggle's blood cells. The parts may be written in any case, and as training, valid,
 * validation, dev and testing, too; other folders beside them are not read.
 *
 * ```
 * <path>/TRAIN/MONOCYTE/a.jpeg
 * <path>/TRAIN/NEUTROPHIL/b.jpeg
 * <path>/VAL/MONOCYTE/c.jpeg      the user's own validation set, if there is one
 * <path>/TEST/MONOCYTE/d.jpeg     without it, and with VAL, split.test cuts a test set off TRAIN
 * ```
 */
export const listTrainTestFolders: Layout = async (folder, { classes }) => {
  const found = (await readdir(folder)).filter((name) => !isSystemFile(name)).sort(byCodePoint);
  const folders = await foldersIn(folder);
  const named = partOrder.map((part) => ({
    part,
    names: folders.filter((name) => partNamed(name) === part),
  }));
  const problems: string[] = [];
  const hasValidation = named.some(({ part, names }) => part === 'validation' && names.length > 0);
  for (const { part, names } of named) {
    if (names.length > 1) {
      problems.push(`it has more than one ${partLabel[part]} folder: ${names.join(', ')}`);
    } else if (names.length === 0 && (part === 'train' || (part === 'test' && !hasValidation))) {
      problems.push(`it has no ${partLabel[part]} folder; it holds ${summary(found)}`);
    }
  }
  if (named.every(({ names }) => names.length === 0)) {
    if (found.includes('labels.csv'))
      problems.push('if its labels.csv names its images, set dataset.layout: csv');
    else if (folders.length > 0)
      problems.push('if its folders are classes, set dataset.layout: class-folders');
  }
  const walked = [];
  for (const { part, names } of named) {
    if (names.length === 1) walked.push(await walkClasses(folder, names[0]!, part, classes));
  }
  return {
    files: walked.flatMap((each) => each.files),
    classes: walked.flatMap((each) => each.classes),
    problems: [...problems, ...walked.flatMap((each) => each.problems)],
    bad: walked.flatMap((each) => each.bad),
    notes: [...new Set(walked.flatMap((each) => each.notes))],
    ignored: folders.filter((name) => partNamed(name) === null),
  } satisfies Listing;
};

function summary(names: readonly string[]): string {
  if (names.length === 0) return 'nothing';
  return names.slice(0, 8).join(', ') + (names.length > 8 ? ` and ${names.length - 8} more` : '');
}
