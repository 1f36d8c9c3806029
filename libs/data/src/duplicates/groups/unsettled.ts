import type { OwnEvidence } from '../verify/own-evidence.ts';
import type { Comparison } from '../verify/comparison.ts';
import { comparisonsByImage, isCertain, isLink, mostAlone, otherOf } from './weigh-links.ts';

/** A comparison to be settled by what only its two images show, with the comparisons of each with its rivals. */
export interface Unsettled {
  readonly comparison: Comparison;
  readonly rivals: readonly [ofA: readonly Comparison[], ofB: readonly Comparison[]];
}

/** Of what two images show, what may be settled so; share, and patches, that no rival has and the copy must have. */
const leastUnsettled = 0.5;
const ownLeast = { share: 0.88, patches: 15 };
const mostRivals = 4;

/** The comparisons that are the best of both their images, one of them in no group of several yet, with the rivals to weigh them against. */
export function unsettled(
  open: readonly Comparison[],
  areTogether: (a: number, b: number) => boolean,
  membersOf: (image: number) => readonly number[],
): Unsettled[] {
  const byImage = comparisonsByImage(open);
  for (const ofImage of byImage.values())
    ofImage.sort((x, y) => y.agreement.share - x.agreement.share || x.a - y.a || x.b - y.b);
  const bestOf = (image: number) =>
    byImage.get(image)!.find(({ isAmbiguous, isDrawing }) => !isAmbiguous && !isDrawing);
  const isUnsettled = (comparison: Comparison) => {
    const { a, b, agreement } = comparison;
    const isAlone = Math.min(membersOf(a).length, membersOf(b).length) <= mostAlone;
    // A certain link that joined nothing is settled: its groups are two photographs of one field.
    const isSettled = isLink(comparison) && isCertain(comparison);
    return (
      isAlone &&
      !isSettled &&
      agreement.share >= leastUnsettled &&
      bestOf(a) === comparison &&
      bestOf(b) === comparison
    );
  };
  return open.filter(isUnsettled).map((comparison) => {
    const rivals = (own: number, copy: number) =>
      byImage
        .get(own)!
        .filter((other) => other !== comparison && !areTogether(otherOf(other, own), copy))
        .slice(0, mostRivals);
    const { a, b } = comparison;
    return { comparison, rivals: [rivals(a, b), rivals(b, a)] };
  });
}

/** Whether two images are copies by what one of them shows and its rivals do not: twice as much where it may lie anywhere. */
export function isOwn({ share, patches }: OwnEvidence, { grain }: Pick<Comparison, 'grain'>): boolean {
  return share >= ownLeast.share && patches >= (grain?.isInPlace ? 1 : 2) * ownLeast.patches;
}
