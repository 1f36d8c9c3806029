import type { Interval } from '@thaw/metrics';
import type { RunResults } from '../../results/run-results.ts';

/** What is told of a class. */
export type Score = 'recall' | 'f1' | 'precision';

export const scoreNames: Record<Score, string> = { recall: 'Recall', f1: 'F1', precision: 'Precision' };

export const scoreMeanings: Record<Score, string> = {
  recall: 'Recall is the share of a class that the model recognises.',
  f1: 'F1 is the harmonic mean of recall and precision.',
  precision: 'Precision is the share of what the model takes for a class that is of it.',
};

type Class = RunResults['per_class'][number];

/** Of a score on one side; null where none is known, as of precision. */
export function scoreInterval(side: Class['validation'], score: Score): Interval | null {
  if (score === 'precision') return null;
  return score === 'recall' ? side.recall_ci95 : side.f1_ci95;
}

/** Of its gap. */
export function gapInterval(gap: Class['gap'], score: Score): Interval | null {
  if (score === 'precision') return null;
  return score === 'recall' ? gap.ci95 : gap.f1_ci95;
}
