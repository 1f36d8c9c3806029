import { difference, type Estimate } from '../intervals/difference.ts';
import type { Interval } from '../intervals/wilson.ts';
import type { GapFigures } from './generalisation-gap.ts';
import type { SharesEffect } from './shares-effect.ts';

/** The same trial trained again where no group is on both sides of the split. */
export interface HonestGap {
  readonly validation: Estimate;
  /** On test images without a twin, as the next. */
  readonly test: Estimate;
  /** The run's accuracy minus the honest one on the same test images. */
  readonly testLost: Estimate;
}

/** What is known of a gap. Null is what was not measured, which is not the same as 0. */
export interface GapEvidence {
  readonly overall: GapFigures['overall'];
  /** The share of the validation images that have a twin in training. */
  readonly twins: number | null;
  readonly honest: HonestGap | null;
  /** The accuracy on test images without a twin in training or validation, and that minus the test accuracy. */
  readonly testLeakage: { readonly honest: Estimate; readonly effect: Estimate } | null;
  /** The optimism of choosing the run among others on these validation images; 0 where it was not chosen. */
  readonly selection: Estimate | null;
  /** Of the honest validation and test images: those that `honest` is of where it is known, else of test images without a twin. */
  readonly shares: Pick<SharesEffect, 'effect' | 'testAtValidationShares'> | null;
  /** The AUC of a classifier that tells validation images from test images of the same class. */
  readonly auc: Estimate | null;
}

export interface ExplainedPart {
  /** What remains is `shift` where it can be shown to be that, else `rest`. */
  readonly part: 'leakage' | 'selection' | 'shares' | 'shift' | 'rest' | 'test_leakage';
  /** In accuracy, as the gap; null where it was not measured, and then it is in the rest. */
  readonly value: number | null;
  readonly ci95: Interval | null;
}

export interface GapExplanation {
  /** Leakage, selection, shares, what remains, and leakage into test. The values add up to the gap. */
  readonly parts: readonly ExplainedPart[];
  /**
   * The largest part, where it is more than chance and half a point or more: its own interval leaves out 0, or the gap's does and
   * this is more than half of it. Null where there is none, or where the rest is the largest.
   */
  readonly cause: Exclude<ExplainedPart['part'], 'rest'> | null;
  /** The gap without leakage on either side and without selection: shares and what remains. Null where leakage was not measured. */
  readonly honestGap: Estimate | null;
}

/** What each part of a gap is, and whose idea it is. */
export const gapPartDefinitions = {
  leakage: {
    definition:
      'the gap, less selection, minus the gap of the same trial trained on a split that keeps groups together, both on test images without a twin; at most the share of validation images with a twin in training',
    source: 'Kapoor and Narayanan (2023), Leakage and the reproducibility crisis, Patterns 4',
  },
  selection: {
    definition:
      'validation accuracy of the best trial minus its accuracy on images that it was not chosen on',
    source:
      'Tsamardinos, Greasidou and Borboudakis (2018), Bootstrapping the out-of-sample predictions, Machine Learning 107',
  },
  shares: {
    definition:
      'the test accuracy with each class as frequent as among the validation images, minus the test accuracy',
    source: 'Kitagawa (1955), Components of a difference between two rates, JASA 50',
  },
  shift: {
    definition: 'what remains, where a classifier tells test images from validation images of the same class',
    source: 'Lopez-Paz and Oquab (2017), Revisiting classifier two-sample tests, ICLR',
  },
  rest: { definition: 'what remains, and what was not measured', source: 'the gap minus the other parts' },
  test_leakage: {
    definition:
      'accuracy on the test images without a twin in training or validation, minus the test accuracy: below 0 where copies flatter it and hide the gap',
    source: 'Kapoor and Narayanan (2023), Leakage and the reproducibility crisis, Patterns 4',
  },
} as const satisfies Record<ExplainedPart['part'], { definition: string; source: string }>;

/** Less is nobody's cause. */
const leastCause = 0.005;

/**
 * What a gap, validation minus test accuracy, is made of (`gapPartDefinitions`). The parts add up to it whatever is known.
 *
 * Copies in validation make the gap larger, copies in test hide it; taking out both leaves the honest gap, of other shares of the
 * classes and of how well the images within a class are recognised. Leakage is 0 where no validation image has a twin in training;
 * otherwise it needs the honest gap. The trials trained again were not chosen on their validation images, so selection comes off the
 * run's gap only, and is not taken out twice. What remains is shift only where all else is known, its interval leaves out 0 and the
 * AUC's interval is above 0.5. Intervals are those of the differences (`difference`), null where one of the estimates has none.
 */
export function explainGap(evidence: GapEvidence): GapExplanation {
  const { overall, selection, auc, honest } = evidence;
  const validation = { value: overall.validation.accuracy, ci95: overall.validation.ci95 };
  const test = { value: overall.test.accuracy, ci95: overall.test.ci95 };
  const chosen = selection ? difference(validation, selection) : validation;
  const leakage = leakageOf(evidence, chosen);
  const testLeakage = evidence.testLeakage?.effect ?? null;
  const shares = evidence.shares?.effect ?? null;

  const known = [leakage, selection, shares, testLeakage];
  const value = known.reduce((left, part) => left - (part?.value ?? 0), overall.gap.value);
  const cleanTest = evidence.testLeakage?.honest ?? test;
  const sides = honest && leakage ? [honest.validation, honest.test] : [chosen, cleanTest];
  const [from, to] = sides as [Estimate, Estimate];
  const atShares = (shares && evidence.shares?.testAtValidationShares) ?? to;
  const measured = difference(from, atShares);
  // Where leakage was cut off or something was left unmeasured, what remains is the difference of all that is known.
  const { ci95 } = isNear(measured.value, value)
    ? measured
    : difference(leakage ? difference(chosen, leakage) : chosen, moved(atShares, cleanTest, shares));
  const isKnown = known.every((part) => part !== null);
  const shifted = isKnown && leavesOut(ci95, 0) && auc?.ci95 && auc.ci95[0] > 0.5;
  const parts: ExplainedPart[] = [
    { part: 'leakage', ...(leakage ?? unknown) },
    { part: 'selection', ...(selection ?? unknown) },
    { part: 'shares', ...(shares ?? unknown) },
    { part: shifted ? 'shift' : 'rest', value, ci95 },
    { part: 'test_leakage', ...(testLeakage ?? unknown) },
  ];
  const honestValue = value + (shares?.value ?? 0);
  const whole = difference(from, to);
  const honestGap = { value: honestValue, ci95: isNear(whole.value, honestValue) ? whole.ci95 : null };
  return {
    parts,
    cause: causeOf(parts, overall.gap),
    honestGap: leakage && selection && testLeakage ? honestGap : null,
  };
}

const unknown = { value: null, ci95: null };

function leakageOf({ twins, honest }: GapEvidence, chosen: Estimate): Estimate | null {
  if (twins === 0) return { value: 0, ci95: [0, 0] };
  if (!honest) return null;
  const { value, ci95 } = difference(difference(chosen, honest.validation), honest.testLost);
  const limit = twins ?? 1;
  const bounded = (one: number) => Math.max(-limit, Math.min(limit, one));
  return { value: bounded(value), ci95: ci95 && [bounded(ci95[0]), bounded(ci95[1])] };
}

/** The run's test accuracy with the effect of shares on it, as sure as the accuracy at those shares is. */
function moved(atShares: Estimate, test: Estimate, shares: Estimate | null): Estimate {
  const value = test.value + (shares?.value ?? 0);
  const by = value - atShares.value;
  return { value, ci95: atShares.ci95 && [atShares.ci95[0] + by, atShares.ci95[1] + by] };
}

function causeOf(parts: readonly ExplainedPart[], gap: Estimate): GapExplanation['cause'] {
  const size = ({ value }: { readonly value: number | null }) => Math.abs(value ?? 0);
  const largest = parts.reduce((a, b) => (size(b) > size(a) ? b : a));
  if (largest.part === 'rest' || size(largest) < leastCause) return null;
  const mostOfARealGap = leavesOut(gap.ci95, 0) && size(largest) > size(gap) / 2;
  return leavesOut(largest.ci95, 0) || mostOfARealGap ? largest.part : null;
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-9;
}

function leavesOut(interval: Interval | null, value: number): boolean {
  return interval !== null && (interval[0] > value || interval[1] < value);
}
