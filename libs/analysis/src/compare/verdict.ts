/**
 * Whether a difference between runs is more than chance: `real`, `may be chance`, or `not known` because it is not known which
 * images belong together, and copies of few photographs make any difference look sure.
 */
export type Verdict = 'real' | 'may be chance' | 'not known';

/** A p-value of less is called more than chance. */
export const significance = 0.05;

/** The verdict of a p-value, after correction for all that were asked for; `groupsKnown`: whether it goes by groups of images. */
export function verdictOf(p: number, groupsKnown: boolean): Verdict {
  if (p >= significance) return 'may be chance';
  return groupsKnown ? 'real' : 'not known';
}
