import type { Random } from '@thaw/base';
import type { ImageFile } from '../dataset.ts';

/** The images of one class, ordered by name. */
export interface ClassFiles {
  readonly name: string;
  readonly files: readonly ImageFile[];
}

/**
 * Chooses the images to hold out (for validation, or as a test set) so that they are `fraction` of each class. Depends
 * on its arguments alone. Throws a UserError when the strategy cannot be followed; a class that ends up without images
 * on one side is the caller's to report.
 */
export type SplitStrategy = (
  classes: readonly ClassFiles[],
  fraction: number,
  random: Random,
) => ReadonlySet<ImageFile>;
