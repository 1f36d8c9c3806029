import type { ClassificationReport, ClassScores, Scores } from './classification-report.ts';

export interface ClassDifference {
  readonly class: string;
  readonly validation: Scores;
  readonly test: Scores;
  /** Validation minus test; above 0 the class does worse on images that training did not choose. */
  readonly gap: { readonly precision: number; readonly recall: number; readonly f1: number };
}

/**
 * Two reports side by side, class by class, in their order. A score that is NaN in either has a gap of NaN. Throws
 * RangeError when the reports are not of the same classes in the same order.
 */
export function reportDifference(
  validation: ClassificationReport,
  test: ClassificationReport,
): ClassDifference[] {
  const [ours, theirs] = [validation, test].map((report) => report.perClass.map((scores) => scores.class));
  if (JSON.stringify(ours) !== JSON.stringify(theirs)) {
    throw new RangeError(
      `reports of different classes cannot be compared: ${ours!.join(', ')} against ${theirs!.join(', ')}`,
    );
  }
  return validation.perClass.map((left, i) => {
    const right = test.perClass[i]!;
    return {
      class: left.class,
      validation: scoresOf(left),
      test: scoresOf(right),
      gap: {
        precision: left.precision - right.precision,
        recall: left.recall - right.recall,
        f1: left.f1 - right.f1,
      },
    };
  });
}

function scoresOf({ precision, recall, f1, support }: ClassScores): Scores {
  return { precision, recall, f1, support };
}
