import type { PromotedAs } from './promoted-network.ts';

/** The document of `promote --output`. */
export interface PromoteDocument {
  /** What became of the run. */
  readonly as: PromotedAs;
  /** Whether nobody has looked at what the version says of test images. */
  readonly sealed: boolean;
  readonly val_accuracy: number;
  /** Of what was promoted; null where the test set is sealed. */
  readonly test_accuracy: number | null;
  readonly name: string;
  readonly version: number;
  /** The version's folder. */
  readonly path: string;
  readonly run: string;
  /** That point at this version. */
  readonly aliases: readonly string[];
  readonly notes: readonly string[];
}
