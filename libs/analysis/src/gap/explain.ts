import { explainGap } from '@thaw/metrics';
import type { GapDocument, GapPart } from '@thaw/tracking';
import { explanationSentences } from './explanation-sentences.ts';
import type { ExplainInput } from './explain-input.ts';
import type { MeasuredSelection } from './measure-selection.ts';

export interface Explanation {
  readonly cause: GapDocument['cause'];
  readonly parts: GapPart[];
  readonly honestGap: GapDocument['leakage']['honest_gap'];
  readonly sentences: string[];
}

/** The parts of a gap as `explainGap` takes them from what was measured, why a part is missing, and all of it in words. */
export function explain(input: ExplainInput): Explanation {
  const { gap, tested, leakage, selection, shares, shift } = input;
  const { parts, cause, honestGap } = explainGap({
    overall: gap.overall,
    twins: leakage.figures.fraction,
    honest: leakage.honest,
    testLeakage: leakage.testLeakage,
    selection: chosenAmong(selection),
    shares: shares.evidence,
    auc: shift.figures?.auc == null ? null : { value: shift.figures.auc, ci95: shift.figures.ci95 },
  });
  const missing = {
    leakage: leakage.missing,
    selection: selection.missing,
    shares: shares.missing,
    shift: null,
    rest: null,
    test_leakage: tested.missing,
  };
  const named = parts.map((each) => ({ ...each, missing: each.value === null ? missing[each.part] : null }));
  return { cause, parts: named, honestGap, sentences: explanationSentences(input, named, honestGap) };
}

function chosenAmong({ figures, missing }: MeasuredSelection) {
  if (missing !== null) return null;
  return figures ? { value: figures.optimism, ci95: figures.ci95 } : ({ value: 0, ci95: [0, 0] } as const);
}
