import type { Estimate, Interval } from '@thaw/metrics';
import type { PredictedSplit } from '@thaw/tracking';
import type { Grouping } from '../groups/groups-of-run.ts';
import type { Verdict } from './verdict.ts';

/** One pair of runs on one part. */
export interface Comparison {
  readonly part: PredictedSplit;
  readonly a: string;
  readonly b: string;
  /** Accuracy of a minus accuracy of b. */
  readonly difference: number;
  readonly ci95: Interval | null;
  readonly test: string;
  readonly p: number;
  /** After Holm's correction for all pairs on this part. */
  readonly p_corrected: number;
  readonly verdict: Verdict;
  /** Whether the verdict is `real`. */
  readonly real: boolean;
  readonly sentence: string;
}

/** The document of `runs compare --output` and of `GET /api/v1/comparison`. */
export interface CompareDocument {
  readonly runs: readonly {
    readonly run: string;
    readonly parameters: Record<string, unknown>;
    /** Null where the validation images of the runs differ. */
    readonly validation: Estimate | null;
    /** Null where the test set of any of the runs is sealed. */
    readonly test: Estimate | null;
  }[];
  /** How many test images; 0 where they are not compared. */
  readonly images: number;
  /** Independent ones among them; null where no groups are known. */
  readonly groups: number | null;
  /** The same of validation images; null where those of the runs differ. */
  readonly validation: { readonly images: number; readonly groups: number | null } | null;
  readonly grouping: Grouping;
  /** Every pair on test images. */
  readonly pairs: readonly Comparison[];
  /** Every pair on test images, then every pair on validation images. */
  readonly comparisons: readonly Comparison[];
  /** What else a reader should know, in sentences. */
  readonly notes: readonly string[];
}
