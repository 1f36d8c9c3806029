import { accuracyInterval } from '../accuracy-interval.ts';
import { calibration, type Calibration } from '../calibration/calibration.ts';
import { confusionMatrix } from '../confusion-matrix.ts';
import { difference, type Estimate } from '../intervals/difference.ts';
import { metricEstimates, type MetricEstimate } from '../intervals/metric-estimates.ts';
import type { Interval } from '../intervals/wilson.ts';
import { clustersOf, predictedClasses, type Predictions } from '../predictions.ts';
import { classEstimates, type ClassEstimates } from './class-estimates.ts';
import { metricGaps, type MetricGap } from './metric-gaps.ts';

/** The figures of one side of the gap. */
export interface SideFigures {
  readonly accuracy: number;
  readonly ci95: Interval | null;
  readonly images: number;
  /** Independent ones: photographs, patients; as many as images where every image is its own. */
  readonly groups: number;
}

/** The figures of one class on one side. */
export interface ClassSideFigures {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Images of the class. */
  readonly support: number;
  /** Groups that hold images of the class. */
  readonly groups: number;
  readonly recall_ci95: Interval | null;
  readonly f1_ci95: Interval | null;
}

export interface ClassGapFigures {
  readonly class: string;
  readonly validation: ClassSideFigures;
  readonly test: ClassSideFigures;
  /** Validation minus test. Null where a side has no images of the class. */
  readonly gap: {
    readonly recall: number | null;
    readonly ci95: Interval | null;
    readonly f1: number | null;
    readonly f1_ci95: Interval | null;
  };
}

/** The measured part of the document that `gap --output` writes, with its names. */
export interface GapFigures {
  readonly classes: readonly string[];
  readonly overall: {
    readonly validation: SideFigures;
    readonly test: SideFigures;
    readonly gap: Estimate;
  };
  /** The other metrics. */
  readonly metrics: readonly MetricGap[];
  readonly per_class: readonly ClassGapFigures[];
  /** Rows are true classes. The difference is of fractions of a row, validation minus test; null rows have no images. */
  readonly confusion: {
    readonly validation: readonly (readonly number[])[];
    readonly test: readonly (readonly number[])[];
    readonly difference: readonly (readonly number[] | null)[];
  };
  readonly calibration: { readonly validation: Calibration; readonly test: Calibration };
}

/**
 * Validation against test: how well a run did on the images that it was chosen on and on those it never met, and how sure
 * that is. Gaps are validation minus test; both sides are taken as independent (`difference`). Every interval takes groups
 * for what was drawn (`clusterInterval`) and is null where a side has one group only.
 *
 * Precision, recall and F1 are scikit-learn's with zero_division=0; the recall and F1 of a class without images on one
 * side stay 0 there, as scikit-learn reports them, and its gaps are null.
 *
 * Throws RangeError for a side without images, for lengths that differ and for labels or rows that do not fit `classes`.
 */
export function generalisationGap(
  validation: Predictions,
  test: Predictions,
  classes: readonly string[],
): GapFigures {
  const sides = { validation: sideOf(validation, classes), test: sideOf(test, classes) };
  return {
    classes,
    overall: {
      validation: sides.validation.figures,
      test: sides.test.figures,
      gap: difference(sides.validation.accuracy, sides.test.accuracy),
    },
    metrics: metricGaps(metricEstimates(validation), metricEstimates(test)),
    per_class: classes.map((name, index) =>
      classGap(name, sides.validation.perClass[index]!, sides.test.perClass[index]!),
    ),
    confusion: {
      validation: sides.validation.confusion,
      test: sides.test.confusion,
      difference: classes.map((_, index) =>
        rowDifference(sides.validation.confusion[index]!, sides.test.confusion[index]!),
      ),
    },
    calibration: { validation: calibration(validation), test: calibration(test) },
  };
}

/** What predictions come to on one side alone. */
export interface SideResults {
  readonly overall: SideFigures;
  /** The other metrics. */
  readonly metrics: readonly MetricEstimate[];
  readonly per_class: readonly (ClassSideFigures & { readonly class: string })[];
}

/** The figures of one side, as `generalisationGap` has them of each. Throws RangeError as that does. */
export function sideResults(predictions: Predictions, classes: readonly string[]): SideResults {
  const { figures, perClass } = sideOf(predictions, classes);
  return {
    overall: figures,
    metrics: metricEstimates(predictions),
    per_class: classes.map((name, index) => ({ class: name, ...figuresOf(perClass[index]!) })),
  };
}

function sideOf(predictions: Predictions, classes: readonly string[]) {
  const { labels, probabilities } = predictions;
  const wrong = probabilities.findIndex((row) => row.length !== classes.length);
  if (wrong >= 0) {
    throw new RangeError(
      `probabilities[${wrong}] has ${probabilities[wrong]!.length} values for ${classes.length} classes`,
    );
  }
  const predicted = predictedClasses(predictions);
  const clusters = clustersOf(predictions);
  const accuracy = accuracyInterval(predictions);
  return {
    accuracy,
    figures: {
      accuracy: accuracy.value,
      ci95: accuracy.ci95,
      images: predicted.length,
      groups: clusters.count,
    },
    perClass: classes.map((_, index) => classEstimates(index, labels, predicted, clusters)),
    confusion: confusionMatrix(labels, predicted, classes.length),
  };
}

function classGap(name: string, validation: ClassEstimates, test: ClassEstimates): ClassGapFigures {
  const compared = validation.support > 0 && test.support > 0;
  const recall = difference(validation.recall, test.recall);
  const f1 = difference(validation.f1, test.f1);
  return {
    class: name,
    validation: figuresOf(validation),
    test: figuresOf(test),
    gap: {
      recall: compared ? recall.value : null,
      ci95: compared ? recall.ci95 : null,
      f1: compared ? f1.value : null,
      f1_ci95: compared ? f1.ci95 : null,
    },
  };
}

function figuresOf({ precision, recall, f1, support, groups }: ClassEstimates): ClassSideFigures {
  return {
    precision,
    recall: recall.value,
    f1: f1.value,
    support,
    groups,
    recall_ci95: recall.ci95,
    f1_ci95: f1.ci95,
  };
}

function rowDifference(validation: readonly number[], test: readonly number[]): number[] | null {
  const total = (row: readonly number[]) => row.reduce((sum, count) => sum + count, 0);
  const [ofValidation, ofTest] = [total(validation), total(test)];
  if (ofValidation === 0 || ofTest === 0) return null;
  return validation.map((count, index) => count / ofValidation - test[index]! / ofTest);
}
