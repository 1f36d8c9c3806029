import type { ImageStore } from '../image-store.ts';
import type { Comparison } from '../verify/comparison.ts';
import { overlapOf } from '../verify/overlap.ts';
import { keepsSize } from '../verify/places.ts';

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
 * Part of a picture that one shows which shows beside it another field, at most: where they share less than half of the grain, as few patches
 * tell, and where there is none to be seen. Copies that were shifted show more of each other, or of a third.
 */
const mostOverlap = { seen: 0.7, unseen: 0.6 };
const tooLittle = { share: 0.5, patches: 6 };

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

/**
 * The part of a picture that another one shows, where that has a field beside it at the same size, as fields of a slide or crops of one
 * photograph have; 1 where it is more than of two photographs.
 */
export function overlapOfFields(store: ImageStore, link: Comparison): number {
  const overlap = keepsSize(link.affinity) ? overlapOf(store, link) : 1;
  return overlap <= mostOverlap.seen ? overlap : 1;
}

/** Whether two images that overlap so, compared with their grain, may be two photographs. What lies on the other as a whole is no field beside it. */
export function mayBeOtherField(comparison: Comparison, overlap: number): boolean {
  if (comparison.grain?.isInPlace) return false;
  const shared = sharedGrain(comparison, tooLittle.patches);
  return shared === null ? overlap <= mostOverlap.unseen : shared < tooLittle.share;
}

/** Whether two that may be are two photographs: they share little grain, which copies in this set keep as `usual` says. */
export function isOtherField(comparison: Comparison, usual: number | null): boolean {
  const shared = sharedGrain(comparison, tooLittle.patches);
  return usual !== null && shared !== null && shared < tooLittle.share;
}

/** Share of grain that is the same; null where it cannot be told, or need not be. */
function sharedGrain({ grain, affinity }: Comparison, least = leastSeen.patches): number | null {
  if (!grain || grain.isInPlace || !keepsSize(affinity) || grain.patches < least) return null;
  return grain.same / grain.patches;
}
