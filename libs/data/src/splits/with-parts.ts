import type { Dataset, ImageFile } from '../dataset.ts';
import { fingerprint } from '../fingerprint.ts';
import { byWalk } from '../layouts/file-names.ts';
import type { Split } from '../leakage/crossings.ts';

/**
 * A data set with its images in other parts, each ordered by class and then by name, and the fingerprint that it then has. Of one
 * with folds `foldsOf` says which fold (from 0) of each repeat each of its validation images is in. Null where an image has no part, or
 * not as many folds as the data set has repeats.
 */
export function withParts(
  dataset: Dataset,
  partOf: (image: ImageFile) => Split | undefined,
  foldsOf: (image: ImageFile) => readonly number[] | undefined,
): Dataset | null {
  const all = [...dataset.train, ...dataset.validation, ...dataset.test].sort(
    (a, b) => a.label - b.label || byWalk(a.name, b.name),
  );
  if (all.some((image) => partOf(image) === undefined)) return null;
  const part = (split: Split) => all.filter((image) => partOf(image) === split);
  const parts = { train: part('train'), validation: part('validation'), test: part('test') };
  const { classes, folds: now } = dataset;
  const dealt = parts.validation.map((image) => foldsOf(image) ?? []);
  if (now && dealt.some((each) => each.length !== now.length)) return null;
  const folds = now && now.map((_, repeat) => dealt.map((each) => each[repeat]!));
  return { ...dataset, ...parts, folds, fingerprint: fingerprint({ classes, folds, ...parts }) };
}
