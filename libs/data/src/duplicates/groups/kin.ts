import type { Comparison } from '../verify/comparison.ts';

/** Patches, none of them the same, that are thought to have been seen besides: few say little. */
const unseen = 15;
/** Share of grain from which on two images have it in common nearly everywhere, and patches. */
export const largeShare = 0.4;
const leastSame = 14;
/** Other images, from which on they are frames of one scene: they share the texture of what stays. */
export const leastFrames = 3;

/** Share of the grain that two images have in common, less where little is seen. */
export function grainOf({ grain }: Comparison): number {
  return grain ? grain.same / (grain.patches + unseen) : 0;
}

/** Whether two images have their grain in common nearly everywhere. */
export function sharesGrain(comparison: Comparison): boolean {
  return !comparison.isDrawing && grainOf(comparison) >= largeShare && comparison.grain!.same >= leastSame;
}

/**
 * Tells of a comparison whether its images are likely to be copies of one photograph that were changed in two ways: they share their
 * grain, and each of them does with few others. So neither speaks against a link of the other. Images in one group, by `membersOf`,
 * count as one.
 */
export function kinAmong(
  all: readonly Comparison[],
  membersOf: (image: number) => readonly number[],
): (comparison: Comparison) => boolean {
  const partners = partnersOf(all.filter(sharesGrain), membersOf);
  const isOfFew = (image: number) => partners.get(image)!.size < leastFrames;
  return (comparison) => sharesGrain(comparison) && isOfFew(comparison.a) && isOfFew(comparison.b);
}

/** The groups that images are compared with. */
export function partnersOf(
  comparisons: readonly Comparison[],
  membersOf: (image: number) => readonly number[],
): Map<number, Set<readonly number[]>> {
  const partners = new Map<number, Set<readonly number[]>>();
  const add = (image: number, other: number) =>
    partners.set(image, (partners.get(image) ?? new Set()).add(membersOf(other)));
  for (const { a, b } of comparisons) {
    add(a, b);
    add(b, a);
  }
  return partners;
}
