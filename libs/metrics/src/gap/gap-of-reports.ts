import type { ClassificationReport } from '../classification-report.ts';
import { difference, type Estimate } from '../intervals/difference.ts';
import { wilsonInterval } from '../intervals/wilson.ts';
import type { ClassSideFigures, GapFigures, SideResults } from './generalisation-gap.ts';

/**
 * What `sideResults` gives, as far as a report alone can tell: every image counts as a group of its own, so intervals (Wilson's) are
 * those of independent images and too narrow where images share photographs; F1 has none, nor have scores that are NaN. There are no
 * other metrics.
 */
export function resultsOfReport({ accuracy, macro, perClass }: ClassificationReport): SideResults {
  const images = macro.support;
  const { ci95 } = estimate(accuracy, images);
  return {
    overall: { accuracy, ci95, images, groups: images },
    metrics: [],
    per_class: perClass.map((each) => ({ class: each.class, ...figures(each) })),
  };
}

/**
 * What `generalisationGap` gives, as far as two reports alone can tell, each as `resultsOfReport` has it. The classes are those of
 * `validation`, and `test` has the same in the same order.
 */
export function gapOfReports(
  validation: ClassificationReport,
  test: ClassificationReport,
): Pick<GapFigures, 'classes' | 'overall' | 'per_class'> {
  const sides = [resultsOfReport(validation).overall, resultsOfReport(test).overall] as const;
  const [a, b] = sides.map(({ accuracy, ci95 }): Estimate => ({ value: accuracy, ci95 }));
  return {
    classes: validation.perClass.map((each) => each.class),
    overall: { validation: sides[0], test: sides[1], gap: difference(a!, b!) },
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
