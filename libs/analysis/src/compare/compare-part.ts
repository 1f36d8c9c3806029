import type { PredictionRow } from '@thaw/experiment';
import {
  accuracyInterval,
  asPredictions,
  imagesDiffer,
  inOrderOf,
  pairedComparisons,
  type Estimate,
} from '@thaw/metrics';
import type { PredictedSplit } from '@thaw/tracking';
import type { Comparison } from './compare-document.ts';
import { comparisonSentences } from './comparison-sentences.ts';
import { verdictOf } from './verdict.ts';

/** What a run predicted on one part. */
export interface ComparedRows {
  readonly id: string;
  readonly classes: readonly string[];
  readonly rows: readonly PredictionRow[];
}

export interface PartComparison {
  readonly comparisons: readonly Comparison[];
  /** Of each run. */
  readonly accuracies: readonly Estimate[];
  readonly images: number;
  /** Null where none are known. */
  readonly groups: number | null;
}

/** The first run, by index, that is about other images than the first one, and how they differ. */
export interface OtherImages {
  readonly differs: number;
  readonly how: string;
}

/** Null where all runs are about the same images. */
export function otherImages(runs: readonly Pick<ComparedRows, 'rows'>[]): OtherImages | null {
  const [first] = runs;
  const differs = runs.findIndex(({ rows }) => !inOrderOf(first!.rows, rows));
  return differs < 0 ? null : { differs, how: imagesDiffer(first!.rows, runs[differs]!.rows) };
}

/** Every pair of runs on one part, image by image, where all are about the same images. */
export function comparePart(
  part: PredictedSplit,
  runs: readonly ComparedRows[],
  groupOf: ((file: string) => string) | null,
): PartComparison {
  const predictions = runs.map(({ classes, rows }) =>
    asPredictions(inOrderOf(runs[0]!.rows, rows)!, classes, groupOf),
  );
  const pairs = pairedComparisons(runs.map(({ id }, i) => ({ id, predictions: predictions[i]! })));
  const compared = pairs.map(({ a, b, difference, ci95, test, p, pCorrected }) => {
    const verdict = verdictOf(pCorrected, groupOf !== null);
    const row = { part, a, b, difference, ci95, test, p, p_corrected: pCorrected, verdict };
    return { ...row, real: verdict === 'real' };
  });
  const sentences = comparisonSentences(compared, (run) => run);
  return {
    comparisons: compared.map((each, i) => ({ ...each, sentence: sentences[i]! })),
    accuracies: predictions.map(accuracyInterval),
    images: runs[0]!.rows.length,
    groups: groupOf && new Set(predictions[0]!.groups).size,
  };
}
