import { sum } from '@thaw/base';
import type { ClassificationReport, ClassScores, Scores } from '@thaw/metrics';

export interface ReportFigures {
  readonly perClass: readonly ClassScores[];
  /** Null where it is not given. */
  readonly accuracy: number | null;
  readonly macro: Scores | null;
  readonly weighted: Scores | null;
}

/** Two figures of two decimals, and a mean of such figures, may be this far from what they were rounded from. */
const rounding = 0.011;

/**
 * A report with what can be computed added to what is given: accuracy is the mean of recalls weighted by support. Says what
 * is wrong where figures contradict one another.
 */
export function completeReport(
  given: ReportFigures,
): { readonly report: ClassificationReport } | { readonly contradiction: string } {
  const { perClass } = given;
  const images = sum(perClass.map(({ support }) => support));
  if (images === 0) return { contradiction: 'found no images in any class; allowed: at least one' };
  const average = (weightOf: (scores: Scores) => number): Scores => {
    const weights = perClass.map(weightOf);
    const mean = (score: 'precision' | 'recall' | 'f1') =>
      sum(perClass.map((scores, i) => scores[score] * weights[i]!)) / sum(weights);
    return { precision: mean('precision'), recall: mean('recall'), f1: mean('f1'), support: images };
  };
  const weighted = average(({ support }) => support);
  const accuracy = given.accuracy ?? weighted.recall;
  if (Math.abs(accuracy - weighted.recall) > rounding) {
    const follows = weighted.recall.toFixed(3);
    return {
      contradiction: `found the accuracy ${accuracy}, but ${follows} follows from recalls and supports`,
    };
  }
  const total = given.macro?.support ?? images;
  if (total !== images) {
    return {
      contradiction: `found ${total} images in all, but the supports of the classes add up to ${images}`,
    };
  }
  return {
    report: {
      perClass,
      accuracy,
      macro: given.macro ?? average(() => 1),
      weighted: given.weighted ?? weighted,
    },
  };
}
