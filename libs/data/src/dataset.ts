import type { SplitSettings } from '@thaw/experiment';
import type { DetectedImages } from './leakage/detected-images.ts';
import type { ValueRange } from './images/deep-image.ts';

/** One labelled image of a data set. */
export interface ImageFile {
  /** Absolute. */
  readonly path: string;
  /** Relative to the data set's folder, with `/` between parts on every system. */
  readonly name: string;
  /** Index into the data set's `classes`. */
  readonly label: number;
  /** Of the file's bytes, as hex. */
  readonly sha256: string;
  /**
   * What the file shares with others (a photograph, a patient): as the settings name it, or as it was detected for a
   * grouped split; null where neither gives it one.
   */
  readonly group: string | null;
}

/** A file that was left out under `on_bad_image: skip`. */
export interface SkippedFile {
  readonly name: string;
  readonly reason: string;
}

/** For each repeat, the fold (from 0) of each validation image, by its place. */
export type Folds = readonly (readonly number[])[];

/** Images of each part ordered by class, then by name, as Keras orders them. */
export interface Dataset {
  readonly classes: readonly string[];
  readonly train: readonly ImageFile[];
  readonly validation: readonly ImageFile[];
  readonly test: readonly ImageFile[];
  /**
   * Null for one split. With folds every training image stands in `validation`, because it is validated, and `train` is empty;
   * `foldDatasets` says who trains with whom.
   */
  readonly folds: Folds | null;
  readonly skipped: readonly SkippedFile[];
  /** How sure each detected group is, 0 to 1; null where groups are named or there are none. */
  readonly groupConfidence: ReadonlyMap<string, number> | null;
  /** What was found by looking at the images, where groups were; null where they are named or there are none. */
  readonly detected: DetectedImages | null;
  /** What groups are that were found by looking at the images, or are to be; null where they are named or not spoken of. */
  readonly groupUnit: 'photograph' | 'scene' | null;
  /** What values of more than eight bits are scaled by, under `depth: auto`: the range of all images but test images. Null without any. */
  readonly depthRange: ValueRange | null;
  /** What whoever trains on the images should know of them, in sentences: folders in which nothing is to be seen. */
  readonly warnings: readonly string[];
  /** What made the split: the settings' strategy or, where they name none, the usual one. */
  readonly strategy: NonNullable<SplitSettings['strategy']>;
  /**
   * What whoever reads figures of the data set should know, in sentences: how its folder was read where that is not a matter
   * of course, what became of validation images of its own, what a grouped split had to put up with.
   */
  readonly notes: readonly string[];
  /** See `fingerprint`. */
  readonly fingerprint: string;
}
