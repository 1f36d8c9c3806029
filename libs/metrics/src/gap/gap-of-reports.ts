import type { ClassificationReport } from '../classification-report.ts';
import { difference, type Estimate } from '../intervals/difference.ts';
import { wilsonInterval } from '../intervals/wilson.ts';
import type { ClassSideFigures, GapFigures } from './generalisation-gap.ts';

/**
 * What `generalisationGap` gives, as far as two reports alone can tell: every image counts as a group of its own, so intervals
 * (Wilson's) are those of independent images and too narrow where images share photographs; F1 has none. The classes are
 * those of `validation`, and `test` has the same in the same order. Scores that are NaN have no interval.
 */
export function gapOfReports(
  validation: ClassificationReport,
  test: ClassificationReport,
): Pick<GapFigures, 'classes' | 'overall' | 'per_class'> {
  const accuracies = [validation, test].map(({ accuracy, macro }) => estimate(accuracy, macro.support));
  const side = (report: ClassificationReport, { ci95 }: Estimate) => {
    const images = report.macro.support;
    return { accuracy: report.accuracy, ci95, images, groups: images };
  };
  return {
    classes: validation.perClass.map((each) => each.class),
    overall: {
      validation: side(validation, accuracies[0]!),
      test: side(test, accuracies[1]!),
      gap: difference(accuracies[0]!, accuracies[1]!),
    },
    per_class: validation.perClass.map((ours, index) => {
      const theirs = test.perClass[index]!;
      const compared = ours.support > 0 && theirs.support > 0;
      const recall = difference(estimate(ours.recall, ours.support), estimate(theirs.recall, theirs.support));
      return {
        class: ours.class,
        validation: figures(ours),
        test: figures(theirs),
        gap: {
          recall: compared ? recall.value : null,
          ci95: compared ? recall.ci95 : null,
          f1: compared ? ours.f1 - theirs.f1 : null,
          f1_ci95: null,
        },
      };
    }),
  };
}

function estimate(value: number, images: number): Estimate {
  return { value, ci95: Number.isNaN(value) ? null : wilsonInterval(value, images) };
}

function figures({
  precision,
  recall,
  f1,
  support,
}: ClassificationReport['perClass'][number]): ClassSideFigures {
  const { ci95 } = estimate(recall, support);
  return { precision, recall, f1, support, groups: support, recall_ci95: ci95, f1_ci95: null };
}
