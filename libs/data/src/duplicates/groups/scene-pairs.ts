import type { Comparison } from '../verify/comparison.ts';
import { certain, comparisonsByImage, otherOf } from './weigh-links.ts';

/** Share that two images of one scene have in common, of what is seen: of patches that a common shape alone does not have. */
const leastOfScene = 0.6;
/**
 * Of what two images of a scene have not in common, as a part of what either has not in common with those that show another: images of
 * one kind, as X-rays are, agree by all degrees, and those that agree most are no scene.
 */
const farLess = 0.6;

/**
 * The comparisons of images that are apart which show one scene: much of what is seen is the same, and far more than either image has
 * in common with one that shows something else. What is like the other image as well does not count against it.
 * Drawings have strokes in common, not a place.
 */
export function scenePairs(
  open: readonly Comparison[],
  areTogether: (a: number, b: number) => boolean,
): Comparison[] {
  const isAlike = ({ agreement }: Comparison) => agreement.share >= leastOfScene;
  const keyOf = (a: number, b: number) => `${Math.min(a, b)} ${Math.max(a, b)}`;
  const alike = new Set(open.filter(isAlike).map(({ a, b }) => keyOf(a, b)));
  const byImage = comparisonsByImage(open.filter((comparison) => !isAlike(comparison)));
  const mostOfOthers = (own: number, partner: number) =>
    (byImage.get(own) ?? [])
      .filter((other) => {
        const image = otherOf(other, own);
        return !areTogether(image, partner) && !alike.has(keyOf(image, partner));
      })
      .reduce((most, { agreement }) => Math.max(most, agreement.share), 0);
  return open.filter((comparison) => {
    const { a, b, agreement, isDrawing } = comparison;
    if (!isAlike(comparison) || isDrawing || agreement.patches < certain.patches || areTogether(a, b))
      return false;
    return 1 - agreement.share <= farLess * (1 - Math.max(mostOfOthers(a, b), mostOfOthers(b, a)));
  });
}
