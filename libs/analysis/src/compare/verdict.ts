import { significanceLevel } from '@thaw/metrics';

/**
 * Whether a difference between runs is more than chance: `real`, `may be chance`, or `not known` because it is not known which
 * images belong together, and copies of few photographs make any difference look sure.
 */
export type Verdict = 'real' | 'may be chance' | 'not known';

/** The verdict of a p-value, after correction for all that were asked for; `groupsKnown`: whether it goes by groups of images. */
export function verdictOf(p: number, groupsKnown: boolean): Verdict {
  if (p >= significanceLevel) return 'may be chance';
  return groupsKnown ? 'real' : 'not known';
}
