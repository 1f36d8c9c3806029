import { difference, type Estimate, type GapFigures, type Interval } from '@thaw/metrics';
import type { GapDocument, GapPart, ShiftFigures } from './gap-document.ts';
import type { MeasuredLeakage } from './measure-leakage.ts';
import type { MeasuredSelection } from './measure-selection.ts';
import type { MeasuredShift } from './measure-shift.ts';
import { explanationSentences } from './explanation-sentences.ts';

export interface ExplainInput {
  readonly gap: GapFigures;
  readonly leakage: MeasuredLeakage;
  readonly selection: MeasuredSelection;
  readonly shift: MeasuredShift;
  /** What one group is called. */
  readonly unit: string;
}

export interface Explanation {
  readonly cause: GapDocument['cause'];
  readonly parts: GapPart[];
  readonly sentences: string[];
}

/**
 * The gap in parts that add up to it, in the order in which they are taken off the validation accuracy, and what they say.
 *
 * - leakage: the gap of the run minus that of the same trial on grouped splits, without what selection explains (the grouped
 *   splits chose nothing, so that selection is gone from them too); at most the share of validation images with a twin;
 * - selection: the optimism of the sweep's choice;
 * - what remains: called shift where it is more than chance (its interval is above 0), leakage is known and a classifier
 *   tells test from validation images (the AUC's interval is above 0.5); else not explained.
 */
export function explain(input: ExplainInput): Explanation {
  const { gap } = input.gap.overall;
  const selection = selectionPart(input);
  const leakage = leakagePart(input, selection.value ?? 0);
  const rest = gap.value - (leakage.value ?? 0) - (selection.value ?? 0);
  const ci95 = restInterval(input, rest);
  const beyondChance = ci95 !== null && ci95[0] > 0;
  const shifted = beyondChance && leakage.value !== null && isShifted(input.shift.figures);
  const parts: GapPart[] = [
    leakage,
    selection,
    { part: shifted ? 'shift' : 'rest', value: rest, ci95, missing: null },
  ];
  return { cause: causeOf(parts), parts, sentences: explanationSentences(input, parts) };
}

function causeOf(parts: readonly GapPart[]): GapDocument['cause'] {
  const { part, value } = parts.reduce((a, b) => ((b.value ?? 0) > (a.value ?? 0) ? b : a));
  return part === 'rest' || (value ?? 0) <= 0 ? null : part;
}

function leakagePart({ gap, leakage }: ExplainInput, selection: number): GapPart {
  const { honest, missing, figures } = leakage;
  if (missing !== null) return { part: 'leakage', value: null, ci95: null, missing };
  if (!honest) return { part: 'leakage', value: 0, ci95: null, missing: null };
  const { accuracy, ci95 } = gap.overall.validation;
  const lost = difference(difference({ value: accuracy, ci95 }, honest.validation), honest.testLost);
  const limit = figures.fraction ?? 1;
  const bounded = (value: number) => Math.max(-limit, Math.min(limit, value - selection));
  return {
    part: 'leakage',
    value: bounded(lost.value),
    ci95: lost.ci95 && [bounded(lost.ci95[0]), bounded(lost.ci95[1])],
    missing: null,
  };
}

function selectionPart({ selection }: ExplainInput): GapPart {
  const { figures, missing } = selection;
  if (missing !== null) return { part: 'selection', value: null, ci95: null, missing };
  return { part: 'selection', value: figures?.optimism ?? 0, ci95: figures?.ci95 ?? null, missing: null };
}

/** Whether a classifier tells validation and test images apart by more than chance. */
export function isShifted(shift: ShiftFigures | null): boolean {
  return shift?.ci95 != null && shift.ci95[0] > 0.5;
}

/** What remains is the gap of the grouped splits where there are some, else what is left of the run's. */
function restInterval({ gap, leakage, selection }: ExplainInput, rest: number): Interval | null {
  const { honest } = leakage;
  const whole = honest ? difference(honest.validation, honest.test) : gap.overall.gap;
  if (!whole.ci95) return null;
  const chosen: Estimate =
    honest || !selection.figures
      ? { value: 0, ci95: [0, 0] }
      : { value: selection.figures.optimism, ci95: selection.figures.ci95 };
  const { value, ci95 } = difference(whole, chosen);
  return ci95 && [rest + ci95[0] - value, rest + ci95[1] - value];
}
