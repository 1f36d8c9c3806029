import type { Dataset, ImageFile } from '../dataset.ts';
import { fingerprint } from '../fingerprint.ts';
import { byWalk } from '../layouts/file-names.ts';
import type { Split } from '../leakage/crossings.ts';

/**
 * A data set with its images in other parts, each ordered by class and then by name, and the fingerprint that it then has. Null
 * where an image has no part.
 */
export function withParts(dataset: Dataset, partOf: (image: ImageFile) => Split | undefined): Dataset | null {
  const all = [...dataset.train, ...dataset.validation, ...dataset.test].sort(
    (a, b) => a.label - b.label || byWalk(a.name, b.name),
  );
  if (all.some((image) => partOf(image) === undefined)) return null;
  const part = (split: Split) => all.filter((image) => partOf(image) === split);
  const parts = { train: part('train'), validation: part('validation'), test: part('test') };
  const { classes, folds } = dataset;
  return { ...dataset, ...parts, fingerprint: fingerprint({ classes, folds, ...parts }) };
}
