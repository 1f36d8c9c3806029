import type { Comparison } from '../verify/comparison.ts';

/** Patches, none of them the same, that are thought to have been seen besides: few say little. */
const unseen = 15;
/** Share of grain from which on two images have much of it in common. */
export const largeShare = 0.4;
/** So many patches are no chance. */
const leastSame = 14;
/** Other images, from which on they are frames of one scene. */
export const leastFrames = 3;
/** As many times the grain in common must be that with any other image, where it is large: texture of a scene is shared, too. */
export const largeMargin = 1.8;

/** Share of the grain that two images have in common, less where little is seen. */
export function grainOf({ grain }: Comparison): number {
  return grain ? grain.same / (grain.patches + unseen) : 0;
}

/** Whether two images have much of their grain in common. */
export function sharesGrain(comparison: Comparison): boolean {
  return !comparison.isDrawing && grainOf(comparison) >= largeShare && comparison.grain!.same >= leastSame;
}

/**
 * Tells of a comparison whether its images are likely to be copies of one photograph that were changed in different ways: they share
 * their grain, and far more of it than either does with others, but for a few that may be copies as well. Such a one does not speak
 * against a link. Images in one group, by `membersOf`, count as one.
 */
export function kinAmong(
  all: readonly Comparison[],
  membersOf: (image: number) => readonly number[],
): (comparison: Comparison) => boolean {
  const ofImages = new Map<number, Map<readonly number[], number>>();
  const add = (image: number, other: number, grain: number) => {
    const ofGroups = ofImages.get(image) ?? new Map<readonly number[], number>();
    ofImages.set(image, ofGroups.set(membersOf(other), Math.max(grain, ofGroups.get(membersOf(other)) ?? 0)));
  };
  for (const comparison of all) {
    const grain = grainOf(comparison);
    if (grain === 0) continue;
    add(comparison.a, comparison.b, grain);
    add(comparison.b, comparison.a, grain);
  }
  const hasFew = (image: number, least: number) =>
    [...ofImages.get(image)!.values()].filter((grain) => grain >= least).length < leastFrames;
  return (comparison) => {
    const least = grainOf(comparison) / largeMargin;
    return sharesGrain(comparison) && hasFew(comparison.a, least) && hasFew(comparison.b, least);
  };
}
