import type { Agreement } from '../verify/agreement.ts';
import { leastConfidence, type Comparison, type Link } from '../verify/comparison.ts';
import { grainOf, kinAmong, largeMargin, largeShare, leastFrames } from './kin.ts';

/** Share that must be the same for a link that needs no comparison with others, and patches that must show something: a few are a common shape. */
export const certain = { share: 0.97, patches: 60 };
/** Of what two copies have not in common, as a part of what either has not in common with any other image. */
const farLess = 0.6;
/** Patches whose grain must be the same, and their share among those that show any; less where one lies on the other as a whole. */
const leastGrain = { elsewhere: { same: 20, share: 0.22 }, inPlace: { same: 14, share: 0.13 } };
/** As many times the share must be that with any other image, less where it is large: what many have in common is no evidence. */
const usualMargin = 3;
/** What must be the same of what is seen where no other image comes near it, and what others may have in common. */
const leastShare = 0.65;
const mostOfOthers = 0.4;
/** The same of two drawings: where all is the same that both show, and where some is not. */
const drawn = { elsewhere: { share: 0.97, ofOthers: 0.7 }, unlike: { share: 0.85, ofOthers: 0.5 } };
/** What is said of a link that only a comparison with other images settles: it may be used, but is not certain, and tells nothing of how far copies are from each other. */
export const byOthers = { confidence: 0.9, distance: 0 } as const;
/** Images, alone or in a group of so many, that may be tied to others so. */
export const mostAlone = 2;
/** Of what is seen, what may differ plainly: what is written over an image blurs what was there, another photograph differs. */
export const mostConflicting = 0.03;

/**
 * The links that are left of those between images that differ in places, without those between frames of one scene: where each of two
 * images agrees but for some places with several, they show what stays, and differ in what moves. Images in one group, by
 * `membersOf`, count as one.
 */
export function withoutScenes(
  disputed: readonly Link[],
  membersOf: (image: number) => readonly number[],
): Link[] {
  const partners = new Map<number, Set<readonly number[]>>();
  const add = (image: number, other: number) =>
    partners.set(image, (partners.get(image) ?? new Set()).add(membersOf(other)));
  for (const { a, b } of disputed) {
    add(a, b);
    add(b, a);
  }
  return disputed.filter(({ a, b }) => Math.min(partners.get(a)!.size, partners.get(b)!.size) < leastFrames);
}

/**
 * The links that are left of those that are not certain by themselves, without those that do not stand out: of what each of the images
 * has not in common with its copy, there must be far less than with any other image, and no other photograph may be as certain. So a
 * shape that many share, a scene, or a field of a slide ties nothing. An image that is with one of the two already, or like the other one
 * as well, does not count against them, nor does one that is another copy by its grain (see `kinAmong`).
 */
export function withoutCommonplace(
  uncertain: readonly Link[],
  all: readonly Comparison[],
  areTogether: (a: number, b: number) => boolean,
  membersOf: (image: number) => readonly number[],
): Link[] {
  const byImage = comparisonsByImage(all);
  const isKin = kinAmong(all, membersOf);
  // Drawings of a family are alike, but no copies.
  const linked = new Set(
    all
      .filter((comparison) => isLink(comparison) && (!comparison.isDrawing || isCertain(comparison)))
      .map(({ a, b }) => `${Math.min(a, b)} ${Math.max(a, b)}`),
  );
  const areCopies = (a: number, b: number) =>
    areTogether(a, b) || linked.has(`${Math.min(a, b)} ${Math.max(a, b)}`);
  return uncertain.filter(({ a, b, agreement }) => {
    const isOther = (other: number, own: number, partner: number) =>
      other !== partner && !areTogether(other, own) && !areCopies(other, partner);
    const others = [[a, b] as const, [b, a] as const].flatMap(([own, partner]) =>
      byImage.get(own)!.filter((other) => isOther(otherOf(other, own), own, partner) && !isKin(other)),
    );
    if (others.some((other) => isLink(other) && isCertain(other) && !other.isDrawing)) return false;
    const restOfOthers = others.map((other) => 1 - other.agreement.share);
    return 1 - agreement.share <= farLess * Math.min(1, ...restOfOthers);
  });
}

/** Whether what two images show settles that they are copies, whatever others show. */
export function isCertain({ agreement, isDrawing }: Comparison): boolean {
  const { share, patches, conflicts } = agreement;
  return share >= certain.share && patches >= certain.patches && conflicts <= (isDrawing ? 0 : 1);
}

export function isLink({ confidence }: Comparison): boolean {
  return confidence >= leastConfidence;
}

export function otherOf({ a, b }: Comparison, own: number): number {
  return a === own ? b : a;
}

export function comparisonsByImage(comparisons: readonly Comparison[]): Map<number, Comparison[]> {
  const byImage = new Map<number, Comparison[]>();
  for (const comparison of comparisons) {
    for (const image of [comparison.a, comparison.b]) {
      const known = byImage.get(image);
      if (known) known.push(comparison);
      else byImage.set(image, [comparison]);
    }
  }
  return byImage;
}

/**
 * Links between images that differ in much of what is to be seen, as copies with a watermark do, but have their grain in common, or
 * most of what is seen, as they have with no other image that they were compared with.
 */
export function linksThatStandOut(
  unlike: readonly Comparison[],
  areTogether: (a: number, b: number) => boolean,
  membersOf: (image: number) => readonly number[],
): Link[] {
  const byImage = comparisonsByImage(unlike);
  const isKin = kinAmong(unlike, membersOf);
  const links: Link[] = [];
  for (const comparison of unlike) {
    const { a, b } = comparison;
    // Of two groups of several others would have been found alike.
    const isBetweenGroups = Math.min(membersOf(a).length, membersOf(b).length) > mostAlone;
    const mayBeDrawing = comparison.isDrawing && !comparison.isTurned;
    if ((comparison.isAmbiguous && !mayBeDrawing) || isBetweenGroups) continue;
    // Other copies of either of the two have as much in common.
    const isOther = (image: number, own: number, other: Comparison) =>
      !areTogether(otherOf(other, own), image) && (other === comparison || !isKin(other));
    const others = [
      ...byImage.get(a)!.filter((other) => isOther(b, a, other)),
      ...byImage.get(b)!.filter((other) => isOther(a, b, other)),
    ];
    const mostOf = (value: (other: Comparison) => number) =>
      others.reduce((most, other) => Math.max(most, value(other)), 0);
    const grain = grainOf(comparison);
    const least = comparison.grain?.isInPlace ? leastGrain.inPlace : leastGrain.elsewhere;
    const isOfOneGrain =
      !comparison.isDrawing &&
      grain >= least.share &&
      comparison.grain!.same >= least.same &&
      grain >= (grain >= largeShare ? largeMargin : usualMargin) * mostOf(grainOf);
    const { share, conflicts, patches } = comparison.agreement;
    const ofOthers = mostOf(({ agreement }) => agreement.share);
    const isSeen = patches >= certain.patches;
    // Little that is seen can be brought together with anything, where it may lie anywhere.
    const isPlaced = comparison.grain?.isInPlace || patches >= 2 * certain.patches;
    const isAlone = comparison.isDrawing
      ? isSeen && isDrawnAlone(comparison.agreement, ofOthers)
      : isSeen &&
        isPlaced &&
        share >= leastShare &&
        conflicts <= mostConflicting * patches &&
        ofOthers <= mostOfOthers;
    if (isOfOneGrain || isAlone) links.push({ ...comparison, ...byOthers });
  }
  return links;
}

/** Whether two drawings that are not alike throughout, or lie elsewhere, have far more in common than either has with others. */
export function isDrawnAlone({ share, conflicts }: Agreement, ofOthers: number): boolean {
  const least = conflicts === 0 && share >= certain.share ? drawn.elsewhere : drawn.unlike;
  return share >= least.share && ofOthers <= least.ofOthers;
}
