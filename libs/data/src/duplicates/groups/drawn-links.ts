import { leastDistance, type Comparison, type Link } from '../verify/comparison.ts';
import { leastFrames } from './kin.ts';
import { comparisonsByImage, isCertain, isLink, otherOf, withoutCommonplace } from './weigh-links.ts';

/** Whether a link is between drawings that are not as near each other as compression leaves copies: of a few strokes many can be brought together. */
export function isLoose({ isDrawing, distance }: Comparison): boolean {
  return isDrawing && distance > leastDistance;
}

/**
 * The links between drawings that are certain but loose, without those of a family, as digits are: where either image has several
 * partners, which are not all like each other, it must be far more like this one. Images in one group count as one.
 */
export function looseLinks(
  open: readonly Comparison[],
  areTogether: (a: number, b: number) => boolean,
  membersOf: (image: number) => readonly number[],
): Link[] {
  const loose = open.filter((link) => isLoose(link) && isLink(link) && isCertain(link));
  const byImage = comparisonsByImage(loose);
  const hasFew = (image: number) =>
    new Set(byImage.get(image)!.map((link) => membersOf(otherOf(link, image)))).size < leastFrames;
  const [few, many] = [true, false].map((isFew) =>
    loose.filter(({ a, b }) => (hasFew(a) && hasFew(b)) === isFew),
  ) as [Link[], Link[]];
  return [...few, ...withoutCommonplace(many, open, areTogether, membersOf)];
}
