import type { Agreement } from '../verify/agreement.ts';
import type { Comparison, Link } from '../verify/comparison.ts';
import {
  byOthers,
  certain,
  comparisonsByImage,
  isDrawnAlone,
  mostAlone,
  mostConflicting,
  withoutCommonplace,
} from './weigh-links.ts';

/**
 * What must be the same under a smooth map for images to be bent onto each other: each block is pulled by what lies within reach of it,
 * so that some must lie right for their neighbours to follow. An image is tried on its best few, as bending costs as much as comparing.
 */
const leastToBend = 0.3;
const most = 3;
/**
 * What must be the same once they are: as much as of any link with so few patches (see `comparePixels`); where the one does not lie on
 * the other as a whole, as an elastic copy does, halfway from there to what is certain.
 */
const leastBent = { inPlace: 0.88, elsewhere: 0.93 };
/**
 * Of what was not the same under a smooth map, what is not when bent: bending must bring together more than it leaves, as what two forms
 * were filled in with stays apart.
 */
const mostLeft = 0.5;

/** The comparisons of images that are alone, or in a group of two, which differ as elastic copies may: of each image the best few. */
export function toBend(
  open: readonly Comparison[],
  membersOf: (image: number) => readonly number[],
): Comparison[] {
  const may = open.filter(
    (comparison) =>
      !comparison.isAmbiguous &&
      comparison.agreement.share >= leastToBend &&
      Math.min(membersOf(comparison.a).length, membersOf(comparison.b).length) <= mostAlone,
  );
  const chosen = new Set<Comparison>();
  for (const ofImage of comparisonsByImage(may).values()) {
    ofImage.sort((x, y) => y.agreement.share - x.agreement.share || x.a - y.a || x.b - y.b);
    for (const comparison of ofImage.slice(0, most)) chosen.add(comparison);
  }
  return may.filter((comparison) => chosen.has(comparison));
}

/**
 * The links among comparisons that were bent, where nearly all is the same then, as it is with no other image: two that differ, as two
 * hands do, are bent towards each other, too, but not so far.
 */
export function linksByBending(
  some: readonly Comparison[],
  bent: readonly Agreement[],
  open: readonly Comparison[],
  areTogether: (a: number, b: number) => boolean,
  membersOf: (image: number) => readonly number[],
): Link[] {
  const agreements = new Map(some.map((comparison, i) => [comparison, bent[i]!]));
  const all = open.map((comparison) => ({
    ...comparison,
    before: comparison.agreement.share,
    agreement: agreements.get(comparison) ?? comparison.agreement,
    isBent: agreements.has(comparison),
  }));
  const byImage = comparisonsByImage(all);
  const ofOthers = (own: Comparison) =>
    [...byImage.get(own.a)!, ...byImage.get(own.b)!].reduce(
      (best, other) =>
        other === own || (areTogether(other.a, own.a) && areTogether(other.b, own.b))
          ? best
          : Math.max(best, other.agreement.share),
      0,
    );
  const links = all.filter((comparison) => {
    const { agreement, before, isBent, isDrawing, grain } = comparison;
    const { share, patches, conflicts } = agreement;
    if (!isBent || patches < certain.patches) return false;
    if (1 - share > mostLeft * (1 - before)) return false;
    if (isDrawing) return isDrawnAlone(agreement, ofOthers(comparison));
    const least = grain?.isInPlace ? leastBent.inPlace : leastBent.elsewhere;
    // Little that is seen can be bent to anything, where it may lie anywhere.
    if (!grain?.isInPlace && patches < 2 * certain.patches) return false;
    return share >= least && conflicts <= mostConflicting * patches;
  });
  return withoutCommonplace(
    links.map((link) => ({ ...link, ...byOthers })),
    all,
    areTogether,
    membersOf,
  );
}
