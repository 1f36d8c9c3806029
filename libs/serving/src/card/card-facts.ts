import type { Settings } from '@thaw/experiment';
import type { Estimate, SideResults } from '@thaw/metrics';
import type { Preprocessing } from '../artifact/preprocessing.ts';

/** What is known of a version on validation and on test images. */
export interface CardFigures {
  readonly classes: readonly string[];
  readonly validation: Pick<SideResults, 'overall' | 'per_class'>;
  /** With the expected calibration error, a fraction; null where the test set is sealed. */
  readonly test: (Pick<SideResults, 'overall' | 'per_class'> & { readonly ece: number }) | null;
  readonly gap: Estimate | null;
}

/** What a model card is written from. */
export interface CardFacts {
  readonly name: string;
  readonly version: number;
  readonly run: string;
  readonly sweep: string | null;
  readonly created: string;
  readonly settings: Settings;
  readonly preprocessing: Preprocessing;
  readonly figures: CardFigures;
  /** Images of each part; null for what the run's record does not say. */
  readonly images: {
    readonly train: number | null;
    readonly validation: number;
    /** Null where the test set is sealed. */
    readonly test: number | null;
  };
  readonly fingerprint: string | null;
  /** What the backbone started from. */
  readonly weightsOrigin: string | null;
  readonly weightsSha256: string | null;
  /** Which images belong together: where that is from, what one group is called, and what intervals go by in a sentence. */
  readonly groups: {
    readonly origin: 'named' | 'detected' | 'unknown';
    readonly unit: string;
    readonly sentence: string;
  };
  /** In sentences: what is known of leakage. */
  readonly leakage: readonly string[];
  /** Accuracy on the test images that are no copies of training or validation images; null where it is not known which are. */
  readonly honestTest: {
    /** Test images that are. */
    readonly twins: number;
    /** Null where too few are none. */
    readonly accuracy: number | null;
    readonly ci95: readonly [number, number] | null;
  } | null;
  /** In sentences: how this version was chosen, and what to know about that. */
  readonly choice: readonly string[];
  readonly commit: string | null;
}
