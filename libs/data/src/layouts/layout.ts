import type { FilesDataset } from '@thaw/experiment';
import type { SkippedFile } from '../dataset.ts';

/** A file that a layout found, not yet opened. */
export interface ListedFile {
  /** Relative to the data set's folder, with `/` between parts. */
  readonly name: string;
  /** The name of its class. */
  readonly label: string;
  /** Null where the layout brings no test set of its own. */
  readonly set: 'train' | 'test' | null;
}

export interface Listing {
  /** In the order of `byWalk` within each class and set. */
  readonly files: readonly ListedFile[];
  /** Mistakes of structure, each a sentence; they always stop the loading. */
  readonly problems: readonly string[];
  /** Files that are no images; `on_bad_image` decides whether they stop the loading. */
  readonly bad: readonly SkippedFile[];
}

/**
 * How a folder says which image belongs to which class and set. `folder` exists. Nothing is opened but tables; a table
 * that cannot be read at all throws a UserError, every other mistake is returned so that all can be told at once.
 */
export type Layout = (folder: string, settings: FilesDataset) => Promise<Listing>;
