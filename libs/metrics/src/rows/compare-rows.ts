import type { PredictionRow } from '@thaw/experiment';
import { accuracyInterval } from '../accuracy-interval.ts';
import type { Estimate } from '../intervals/difference.ts';
import { compareRuns } from '../significance/compare-runs.ts';
import { asPredictions } from './as-predictions.ts';
import { imagesDiffer, inOrderOf } from './same-images.ts';

/** One pair of runs on one part. */
export interface ComparisonDocument {
  readonly part: 'validation' | 'test';
  readonly a: string;
  readonly b: string;
  /** Accuracy of a minus accuracy of b. */
  readonly difference: number;
  readonly ci95: readonly [number, number] | null;
  readonly test: string;
  readonly p: number;
  /** After Holm's correction for all pairs on this part. */
  readonly p_corrected: number;
  /** Whether p_corrected is below 0.05. */
  readonly real: boolean;
}

/** What a run predicted on one part. */
export interface ComparedRun {
  readonly id: string;
  readonly classes: readonly string[];
  readonly rows: readonly PredictionRow[];
}

export interface PartComparison {
  readonly comparisons: readonly ComparisonDocument[];
  /** Of each run. */
  readonly accuracies: readonly Estimate[];
  readonly images: number;
  /** Null where none are known. */
  readonly groups: number | null;
}

/**
 * Every pair of runs on one part, image by image; or the first run (by index) that is about other images than the first one, and
 * how they differ. `groupOf` gives the group of a file, null where no groups are known.
 */
export function compareRows(
  part: 'validation' | 'test',
  runs: readonly ComparedRun[],
  groupOf: ((file: string) => string) | null,
): PartComparison | { readonly differs: number; readonly how: string } {
  const rows: PredictionRow[][] = [];
  for (const [index, run] of runs.entries()) {
    const ordered = inOrderOf(runs[0]!.rows, run.rows);
    if (!ordered) return { differs: index, how: imagesDiffer(runs[0]!.rows, run.rows) };
    rows.push(ordered);
  }
  const predictions = runs.map((run, i) => asPredictions(rows[i]!, run.classes, groupOf));
  const comparisons = compareRuns(runs.map(({ id }, i) => ({ id, predictions: predictions[i]! })));
  return {
    comparisons: comparisons.map(({ a, b, difference, ci95, test, p, pCorrected }) => {
      return { part, a, b, difference, ci95, test, p, p_corrected: pCorrected, real: pCorrected < 0.05 };
    }),
    accuracies: predictions.map(accuracyInterval),
    images: rows[0]!.length,
    groups: groupOf && new Set(predictions[0]!.groups).size,
  };
}
