import { counted, printedName, Random, UserError } from '@thaw/base';
import type { SplitSettings } from '@thaw/experiment';
import type { ImageFile } from '../dataset.ts';
import { requireGroups } from './split-files.ts';
import { dealFolds } from './deal-folds.ts';

/**
 * The fold (from 0) of each image, in the order of `files`, once for each of `split.repeats`: whole groups for the strategy
 * `grouped`, single images for `random`. Depends on the files' names, labels and groups and on `split.seed`. Throws one UserError
 * for classes that have fewer groups (images) than folds, or that would be left without training images.
 */
export function foldFiles(
  files: readonly ImageFile[],
  classes: readonly string[],
  split: SplitSettings & { readonly folds: number },
): number[][] {
  const { strategy, folds, repeats = 1, seed } = split;
  if (strategy === 'grouped') requireGroups(files);
  const unit = strategy === 'grouped' ? 'group' : 'image';
  const names = files.map(({ group, name }) => (strategy === 'grouped' ? group! : name));
  const index = new Map([...new Set(names)].map((name, i) => [name, i]));
  const counts = Array.from(index, () => classes.map(() => 0));
  files.forEach(({ label }, i) => counts[index.get(names[i]!)!]![label]!++);
  const few = classes.flatMap((name, label) => {
    const groups = counts.filter((each) => each[label]! > 0).length;
    return groups < folds ? [`${printedName(name)} has ${counted(groups, unit)}`] : [];
  });
  if (few.length > 0) {
    throw new UserError(
      `split.folds: ${folds} folds need ${folds} ${unit}s of every class, one to validate in each fold; ${few.join(', ')}. Ask for fewer folds, or give more images.`,
    );
  }
  return Array.from({ length: repeats }, (_, repeat) => {
    const dealt = dealFolds(counts, folds, new Random(seed, 'folds', repeat));
    const foldOf = names.map((name) => dealt[index.get(name)!]!);
    checkTrainable(files, classes, foldOf);
    return foldOf;
  });
}

/** Groups that span classes can put all images of a class into one fold. */
function checkTrainable(files: readonly ImageFile[], classes: readonly string[], foldOf: number[]): void {
  const lost = classes.filter((_, label) => {
    const folds = new Set(foldOf.filter((_, i) => files[i]!.label === label));
    return folds.size < 2;
  });
  if (lost.length === 0) return;
  throw new UserError(
    `split.folds: all images of ${lost.map(printedName).join(', ')} came into one fold, because their groups span classes, and none would be left to train on. Ask for other folds or another split.seed.`,
  );
}
