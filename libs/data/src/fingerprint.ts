import { sha256 } from '@thaw/base';
import type { Dataset } from './dataset.ts';

/**
 * The sha256 (hex) of what a model can learn from a data set: classes, and for each part the names, labels and contents
 * of its images in order, and the folds where there are any. Where the files lie, their groups and what was skipped do not count.
 */
export function fingerprint(
  dataset: Pick<Dataset, 'classes' | 'train' | 'validation' | 'test' | 'folds'>,
): string {
  const part = (files: Dataset['train']) => files.map(({ name, label, sha256 }) => [name, label, sha256]);
  return sha256(
    JSON.stringify([
      dataset.classes,
      part(dataset.train),
      part(dataset.validation),
      part(dataset.test),
      ...(dataset.folds ? [dataset.folds] : []),
    ]),
  );
}
