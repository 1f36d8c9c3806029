import { difference, type Estimate } from '../intervals/difference.ts';
import type { Interval } from '../intervals/wilson.ts';
import type { GapFigures } from './generalisation-gap.ts';

/** The same trial trained again where no group is on both sides of the split. */
export interface HonestGap {
  readonly validation: Estimate;
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
  /** The optimism of choosing the run among others on these validation images; 0 where it was not chosen. */
  readonly selection: Estimate | null;
  /** The AUC of a classifier that tells validation images from test images. */
  readonly auc: Estimate | null;
}

export interface ExplainedPart {
  /** What remains is `shift` where it can be shown to be that, else `rest`. */
  readonly part: 'leakage' | 'selection' | 'shift' | 'rest';
  /** In accuracy, as the gap; null where it was not measured, and then it is in the rest. */
  readonly value: number | null;
  readonly ci95: Interval | null;
}

export interface GapExplanation {
  /** Leakage, selection, and what remains. The values add up to the gap. */
  readonly parts: readonly ExplainedPart[];
  /**
   * The largest part, where it is more than chance: its own interval leaves out 0, or the gap's does and this is more than
   * half of it. Null where there is none, or where the rest is the largest.
   */
  readonly cause: 'leakage' | 'selection' | 'shift' | null;
}

/** What each part of a gap is, and whose idea it is. */
export const gapPartDefinitions = {
  leakage: {
    definition:
      'the gap, less selection, minus the gap of the same trial trained on a split that keeps groups together; at most the share of validation images with a twin in training',
    source: 'Kapoor and Narayanan (2023), Leakage and the reproducibility crisis, Patterns 4',
  },
  selection: {
    definition:
      'validation accuracy of the best trial minus its accuracy on images that it was not chosen on',
    source:
      'Tsamardinos, Greasidou and Borboudakis (2018), Bootstrapping the out-of-sample predictions, Machine Learning 107',
  },
  shift: {
    definition: 'what remains, where a classifier tells test images from validation images',
    source: 'Lopez-Paz and Oquab (2017), Revisiting classifier two-sample tests, ICLR',
  },
  rest: { definition: 'what remains, and what was not measured', source: 'the gap minus the other parts' },
} as const satisfies Record<ExplainedPart['part'], { definition: string; source: string }>;

/**
 * What a gap, validation minus test accuracy, is made of (`gapPartDefinitions`). The parts add up to it whatever is known.
 *
 * Leakage is 0 where no validation image has a twin in training; otherwise it needs the honest gap. The trials trained
 * again were not chosen on their validation images, so selection comes off the run's gap only, and is not taken out twice.
 * What remains is shift only where leakage and selection are known, its interval leaves out 0 and the AUC's interval is above
 * 0.5. Intervals are those of the differences (`difference`), null where one of the estimates has none.
 */
export function explainGap(evidence: GapEvidence): GapExplanation {
  const { overall, selection, auc } = evidence;
  const validation = { value: overall.validation.accuracy, ci95: overall.validation.ci95 };
  const test = { value: overall.test.accuracy, ci95: overall.test.ci95 };
  const chosen = selection ? difference(validation, selection) : validation;
  const leakage = leakageOf(evidence, chosen);

  const value = overall.gap.value - (leakage?.value ?? 0) - (selection?.value ?? 0);
  const { honest } = evidence;
  const whole = honest && difference(honest.validation, honest.test);
  // Where nothing was cut off or left unmeasured, what remains is the honest gap, and as sure.
  const { ci95 } =
    leakage && whole && Math.abs(whole.value - value) < 1e-9
      ? whole
      : difference(leakage ? difference(chosen, leakage) : chosen, test);
  const shifted = leakage && selection && leavesOut(ci95, 0) && auc?.ci95 && auc.ci95[0] > 0.5;
  const parts: ExplainedPart[] = [
    { part: 'leakage', ...(leakage ?? unknown) },
    { part: 'selection', ...(selection ?? unknown) },
    { part: shifted ? 'shift' : 'rest', value, ci95 },
  ];
  return { parts, cause: causeOf(parts, overall.gap) };
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

function causeOf(parts: readonly ExplainedPart[], gap: Estimate): GapExplanation['cause'] {
  const size = ({ value }: { readonly value: number | null }) => Math.abs(value ?? 0);
  const largest = parts.reduce((a, b) => (size(b) > size(a) ? b : a));
  const mostOfARealGap = leavesOut(gap.ci95, 0) && size(largest) > size(gap) / 2;
  return largest.part !== 'rest' && (leavesOut(largest.ci95, 0) || mostOfARealGap) ? largest.part : null;
}

function leavesOut(interval: Interval | null, value: number): boolean {
  return interval !== null && (interval[0] > value || interval[1] < value);
}
