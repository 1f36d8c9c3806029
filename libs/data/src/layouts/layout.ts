import type { FilesDataset } from '@thaw/experiment';
import type { SkippedFile } from '../dataset.ts';
import type { Split } from '../leakage/crossings.ts';

/** A file that a layout found, not yet opened. */
export interface ListedFile {
  /** Relative to the data set's folder, with `/` between parts. */
  readonly name: string;
  /** The name of its class in Unicode's composed form (NFC); null for an image outside every class folder. */
  readonly label: string | null;
  /** Null where the layout brings no parts of its own. */
  readonly set: Split | null;
}

/** A class of a part, whether it has images or not. */
export interface ListedClass {
  /** Composed, as `ListedFile.label`. */
  readonly label: string;
  /** The folder or the cell that names it, as it is written there. */
  readonly written: string;
  readonly set: Split | null;
}

export interface Listing {
  /** In the order of `byWalk` within each class and set. */
  readonly files: readonly ListedFile[];
  readonly classes: readonly ListedClass[];
  /** Mistakes of structure, each a sentence; they always stop the loading. */
  readonly problems: readonly string[];
  /** Files that are no images; `on_bad_image` decides whether they stop the loading. */
  readonly bad: readonly SkippedFile[];
  /** How the folder was read where that is not a matter of course, each a sentence. */
  readonly notes: readonly string[];
  /** Folders beside those of the layout, which were not looked at. */
  readonly ignored: readonly string[];
}

/**
 * How a folder says which image belongs to which class and part. `folder` exists. Nothing is opened but tables; a table
 * that cannot be read at all throws a UserError, every other mistake is returned so that all can be told at once.
 */
export type Layout = (folder: string, settings: FilesDataset) => Promise<Listing>;
