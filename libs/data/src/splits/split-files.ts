import { Random, UserError } from '@thaw/base';
import type { SplitSettings } from '@thaw/experiment';
import type { ImageFile } from '../dataset.ts';
import { checkDivided, requireTwoGroups } from './check-divided.ts';
import { filesByClass } from './files-by-class.ts';
import { splits, type DrawingStrategy } from './splits.ts';

/**
 * Divides images in two by `settings.strategy`, holding out `settings[part]` of each class; both halves keep the order
 * of `files`. The choice depends on the files' names, labels and groups and on `settings.seed`. Throws one UserError that
 * names every class left without images on either side, or files without a group when the strategy needs groups.
 */
export function splitFiles(
  files: readonly ImageFile[],
  classes: readonly string[],
  settings: SplitSettings & { readonly strategy: DrawingStrategy },
  part: 'validation' | 'test',
): { kept: ImageFile[]; heldOut: ImageFile[] } {
  const { strategy, seed } = settings;
  const byClass = filesByClass(files, classes);
  if (strategy === 'grouped') {
    requireGroups(files);
    requireTwoGroups(byClass, settings);
  }
  const chosen = splits[strategy](byClass, settings[part], new Random(seed, 'split', part));
  checkDivided(byClass, chosen, settings, part);
  return {
    kept: files.filter((file) => !chosen.has(file)),
    heldOut: files.filter((file) => chosen.has(file)),
  };
}

/** Throws UserError for files without a group. */
export function requireGroups(files: readonly ImageFile[]): void {
  const without = files.filter(({ group }) => group === null).map(({ name }) => name);
  if (without.length === 0) return;
  const some = without.slice(0, 5).join(', ');
  const more = without.length > 5 ? ` and ${without.length - 5} more` : '';
  throw new UserError(
    `split.strategy: grouped needs a group for every image that is split; split.groups gives none for ${some}${more}.`,
  );
}
