import type { Layout } from './layout.ts';
import { walkClasses } from './walk-classes.ts';

/**
 * One folder a class; `split.test` cuts a test set.
 *
 * ```
 * <path>/MONOCYTE/a.png
 * <path>/NEUTROPHIL/b.png
 * ```
 */
export const listClassFolders: Layout = async (folder) => {
  const { classes, files, problems, bad } = await walkClasses(folder, '.', null);
  const lower = classes.map((name) => name.toLowerCase());
  const hint =
    lower.includes('train') && lower.includes('test')
      ? ['it has a TRAIN and a TEST folder: set dataset.layout: train-test-folders']
      : [];
  const none = classes.length === 0 ? ['it has no class folders'] : [];
  return { files, problems: [...none, ...hint, ...problems], bad };
};
