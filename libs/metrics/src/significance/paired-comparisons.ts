import type { GroupTotals } from '../intervals/grouped-mean.ts';
import { pairedDifference } from '../intervals/paired-difference.ts';
import type { Interval } from '../intervals/wilson.ts';
import { clustersOf, groupTotals, predictedClasses, type Predictions } from '../predictions.ts';
import { holmCorrection } from './holm.ts';
import { checkSameImages } from './check-same-images.ts';
import { signFlipTest } from './sign-flip-test.ts';
import { significanceLevel } from './significance-level.ts';
import { typicalInterval } from './typical-interval.ts';

/** Two runs on the same images. */
export interface PairedComparison {
  readonly a: string;
  readonly b: string;
  /** Accuracy of a minus accuracy of b. */
  readonly difference: number;
  readonly ci95: Interval | null;
  /** Images that a alone, or b alone, has right. */
  readonly onlyA: number;
  readonly onlyB: number;
  readonly test: 'McNemar, exact' | 'sign flips of groups, exact';
  readonly p: number;
  /** p after Holm's correction for all pairs. */
  readonly pCorrected: number;
}

/**
 * Whether runs differ in accuracy on the same images: every pair, in the order of the runs, paired image by image. Where images come
 * in groups, the groups are what was drawn: `signFlipTest` for the p-value, and for the interval its inverse, `typicalInterval`, so
 * that the interval holds 0 where, and only where, the p-value is 0.05 or more; where each is its own, the test is McNemar's. Where the
 * difference may be chance, the interval is at least as wide as Student's (`pairedDifference`): of runs that hardly differ the
 * test's inverse says too much. One run, or none, makes no pair.
 *
 * Throws RangeError for runs whose labels or groups differ.
 */
export function pairedComparisons(
  runs: readonly { readonly id: string; readonly predictions: Predictions }[],
): PairedComparison[] {
  if (runs.length === 0) return [];
  checkSameImages(runs.map((run) => run.predictions));
  const { labels } = runs[0]!.predictions;
  const clusters = clustersOf(runs[0]!.predictions);
  const test = clusters.count === labels.length ? 'McNemar, exact' : 'sign flips of groups, exact';
  const right = runs.map(({ predictions }) =>
    predictedClasses(predictions).map((predicted, i) => Number(predicted === labels[i])),
  );
  const comparisons = runs.flatMap(({ id: a }, i) =>
    runs.slice(i + 1).map(({ id: b }, offset) => {
      const [ofA, ofB] = [right[i]!, right[i + 1 + offset]!];
      const differences = groupTotals(clusters, (image) => ofA[image]! - ofB[image]!);
      const differing = differences.reduce((sum, group) => sum + group.squares, 0);
      const lead = differences.reduce((sum, group) => sum + group.sum, 0);
      const p = signFlipTest(differences.map((group) => group.sum));
      return {
        a,
        b,
        difference: lead / labels.length,
        ci95: intervalOf(differences, p),
        onlyA: (differing + lead) / 2,
        onlyB: (differing - lead) / 2,
        test,
        p,
      } as const;
    }),
  );
  const corrected = holmCorrection(comparisons.map(({ p }) => p));
  return comparisons.map((comparison, index) => ({ ...comparison, pCorrected: corrected[index]! }));
}

function intervalOf(differences: readonly GroupTotals[], p: number): Interval | null {
  const [inverse, student] = [typicalInterval(differences, p), pairedDifference(differences).ci95];
  if (inverse === null || student === null || p < significanceLevel) return inverse;
  return [Math.min(inverse[0], student[0]), Math.max(inverse[1], student[1])];
}
