import { printedName } from '@thaw/base';
import { sharesEffect, type GapEvidence, type Predictions } from '@thaw/metrics';
import type { GapDocument } from '@thaw/tracking';

export interface MeasuredShares {
  readonly figures: GapDocument['shares'];
  readonly evidence: GapEvidence['shares'];
  /** Why what they do was not measured; null where it was. */
  readonly missing: string | null;
}

/** What different class shares do between these validation and test images; `test` is null, with the reason, where it has copies. */
export function measureShares(
  validation: Predictions,
  test: Predictions | { readonly missing: string },
  classes: readonly string[],
): MeasuredShares {
  if ('missing' in test) return { figures: null, evidence: null, missing: test.missing };
  const { shares, effect, testAtValidationShares, untested } = sharesEffect(
    validation.labels,
    test,
    classes.length,
  );
  const figures = {
    per_class: shares.map((each, i) => ({ class: classes[i]!, ...each })),
    test_accuracy_at_validation_shares: testAtValidationShares,
    effect,
  };
  const names = untested.map((i) => printedName(classes[i]!)).join(', ');
  return {
    figures,
    evidence: effect && { effect, testAtValidationShares },
    missing: effect ? null : `there are validation images of ${names}, but no such test images`,
  };
}
