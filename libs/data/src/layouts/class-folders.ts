import { foldersIn, walkClasses } from './walk-classes.ts';
import type { Layout } from './layout.ts';
import { partNamed } from './part-names.ts';

/**
 * One folder a class; `split.test` cuts a test set.
 *
 * ```
 * <path>/MONOCYTE/a.png
 * <path>/NEUTROPHIL/b.png
 * ```
 *
 * Folders that are named as two parts of a data set or more (train and valid) are a problem: they are not taken for classes.
 */
export const listClassFolders: Layout = async (folder, { classes: mode }) => {
  const walked = await walkClasses(folder, '.', null, mode);
  const folders = await foldersIn(folder);
  const parts = folders.filter((name) => partNamed(name) !== null);
  const problems = [...walked.problems];
  const isOfSets = new Set(parts.map(partNamed)).size > 1;
  if (isOfSets) {
    problems.unshift(
      `its folders ${parts.join(', ')} are named as the parts of a data set, not as classes: set dataset.layout: train-test-folders`,
    );
  }
  if (folders.length === 0) problems.unshift('it has no class folders');
  return { ...walked, problems, notes: isOfSets ? [] : walked.notes, ignored: [] };
};
