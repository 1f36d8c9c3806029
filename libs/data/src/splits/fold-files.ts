import { counted, printedName, Random } from '@thaw/base';
import type { SplitSettings } from '@thaw/experiment';
import type { Folds, ImageFile } from '../dataset.ts';
import { undealt } from './check-divided.ts';
import { requireGroups } from './split-files.ts';
import { dealFolds } from './deal-folds.ts';
import { filesByClass } from './files-by-class.ts';
import type { OfClasses } from './of-classes.ts';

type FoldSettings = SplitSettings & { readonly folds: number };

/** What goes into a fold whole. */
export interface GroupCounts {
  /** Of each image, the place of its group. */
  readonly groupOf: readonly number[];
  /** Of each group, its images of each class. */
  readonly counts: readonly OfClasses[];
}

/** Whole groups for the strategy `grouped`, single images for `random`. */
export function countGroups(files: readonly ImageFile[], { strategy }: FoldSettings): GroupCounts {
  const names = files.map(({ group, name }) => (strategy === 'grouped' ? group! : name));
  const index = new Map([...new Set(names)].map((name, i) => [name, i]));
  const counts = Array.from(index, (): [number, number][] => []);
  const groupOf = names.map((name) => index.get(name)!);
  for (const [i, { label }] of files.entries()) {
    const own = counts[groupOf[i]!]!;
    const known = own.find(([each]) => each === label);
    if (known) known[1]++;
    else own.push([label, 1]);
  }
  for (const own of counts) own.sort(([a], [b]) => a - b);
  return { groupOf, counts };
}

/** The fold (from 0) of each image as `deal` deals the groups, once for each of `split.repeats`. */
export function foldsOf(
  { groupOf, counts }: GroupCounts,
  { folds, repeats = 1, seed }: FoldSettings,
  deal: (...how: Parameters<typeof dealFolds>) => number[],
): Folds {
  return Array.from({ length: repeats }, (_, repeat) => {
    const dealt = deal(counts, folds, new Random(seed, 'folds', repeat));
    return groupOf.map((group) => dealt[group]!);
  });
}

/**
 * The folds of images, in the order of `files`. Depends on the files' names, labels and groups and on `split.seed`. Throws one
 * UserError for classes that have fewer groups (images) than folds, or that would be left without training images; where they are
 * dealt by groups, with the largest ones.
 */
export function foldFiles(
  files: readonly ImageFile[],
  classes: readonly string[],
  split: FoldSettings,
): Folds {
  const { strategy, folds } = split;
  if (strategy === 'grouped') requireGroups(files);
  const unit = strategy === 'grouped' ? 'group' : 'image';
  const groups = countGroups(files, split);
  const holding = classes.map(() => 0);
  for (const [label] of groups.counts.flat()) holding[label]!++;
  const few = classes.flatMap((name, label) =>
    holding[label]! < folds ? [`${printedName(name)} has ${counted(holding[label]!, unit)}`] : [],
  );
  if (few.length > 0) {
    throw undealt(
      `${folds} folds need ${folds} ${unit}s of every class, one to validate in each fold; ${few.join(', ')}. Ask for fewer folds, or give more images.`,
      filesByClass(files, classes).filter((_, label) => holding[label]! < folds),
      split,
    );
  }
  const dealt = foldsOf(groups, split, dealFolds);
  for (const foldOf of dealt) {
    // Groups that span classes can put all images of a class into one fold.
    const spread = classesInSeveral(files, foldOf);
    if (spread.size === classes.length) continue;
    const lost = filesByClass(files, classes).filter((_, label) => !spread.has(label));
    throw undealt(
      `all images of ${lost.map(({ name }) => printedName(name)).join(', ')} came into one fold, because their groups span classes, and none would be left to train on. Ask for other folds or another split.seed.`,
      lost,
      split,
    );
  }
  return dealt;
}

/** The labels of classes with images in two folds or more. */
function classesInSeveral(files: readonly ImageFile[], foldOf: readonly number[]): Set<number> {
  const firstOf = new Map<number, number>();
  const spread = new Set<number>();
  for (const [i, { label }] of files.entries()) {
    if (!firstOf.has(label)) firstOf.set(label, foldOf[i]!);
    if (firstOf.get(label) !== foldOf[i]) spread.add(label);
  }
  return spread;
}
