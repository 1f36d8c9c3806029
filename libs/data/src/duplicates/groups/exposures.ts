import { keepsSize } from '../verify/places.ts';
import type { Comparison } from '../verify/comparison.ts';

/**
 * Patches with grain, of images at one size, that tell how much of it they share: of fewer the share is known to a tenth at best. Links
 * that tell how much copies of a set do: of eight the least shares, more often than not, less than nine of ten copies.
 */
const leastSeen = { patches: 15, links: 8 };
/** Part of what nine of ten copies of the set share at least, which another photograph of the same field does not: less by what so few patches may err. */
const muchLess = 0.85;
/**
 * Grain of which copies share less was lost when they were made, and tells nothing: by chance one patch in twenty is the same, and weak
 * texture of a field makes it more, so that the limit between copies and others must stay above a half.
 */
const leastKept = 0.6;

/**
 * Share of the grain that copies of this set have in common at least, but for one of ten, by some links; null where they are too few, or
 * where copies were compressed or drawn anew so that it is lost.
 */
export function usualGrain(links: readonly Comparison[]): number | null {
  const shares = links.flatMap((link) => sharedGrain(link) ?? []).sort((a, b) => a - b);
  const usual = shares[Math.floor(shares.length / 10)] ?? 0;
  return shares.length >= leastSeen.links && usual >= leastKept ? usual : null;
}

/**
 * Whether images that agree are two photographs of one field all the same: they show it from aside, and what noise there is, which copies
 * in this set share as `usual` says, they do not. Two that lie on each other as wholes may have been compressed or made noisy since.
 */
export function isAnotherExposure(comparison: Comparison, usual: number | null): boolean {
  const shared = sharedGrain(comparison);
  return usual !== null && shared !== null && shared < muchLess * usual;
}

/** Share of grain that is the same; null where it cannot be told, or need not be. */
function sharedGrain({ grain, affinity }: Comparison): number | null {
  if (!grain || grain.isInPlace || !keepsSize(affinity) || grain.patches < leastSeen.patches) return null;
  return grain.same / grain.patches;
}
