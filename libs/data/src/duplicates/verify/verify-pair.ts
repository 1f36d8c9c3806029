import { invert, type Affinity } from './affinity.ts';
import { agreementOf, PatchComparer, type Agreement } from './agreement.ts';
import { hypotheses, refine, type Alignment } from './align.ts';
import { PixelAligner } from './align-pixels.ts';
import { BlockPulls } from './block-pulls.ts';
import { compareGrain, type GrainAgreement } from './compare-grain.ts';
import type { ImageStore } from '../image-store.ts';
import type { Lookalike } from '../candidates/lookalikes.ts';
import { matchKeypoints } from './match-keypoints.ts';
import { asItIs, isBeside, isNear, isTurned, wholeOnWhole } from './places.ts';
import { onImages, onPlates, plateArea, ResampledPlates } from './resampled-plate.ts';
import { affinityOf } from './warp.ts';

/** Two images that may show one photograph; `lookalike` where their pictures or files are alike, as they are or inverted. */
export interface Pair {
  readonly a: number;
  readonly b: number;
  readonly lookalike?: Pick<Lookalike, 'isInverted' | 'isWhole'> | undefined;
}

/** How one image lies on another: the map from the pixels of `a` to those of `b`, and whether the one is the other's negative. */
export interface Placement {
  readonly a: number;
  readonly b: number;
  readonly affinity: Affinity;
  readonly isInverted: boolean;
}

/** Two images under the map that brings most of them together. */
export interface Comparison {
  readonly a: number;
  readonly b: number;
  /** 0 to 1. */
  readonly confidence: number;
  /** How far their pixels are from being the same under the map: 1 less the correlation of their patches. */
  readonly distance: number;
  /** From the pixels of `a` to those of `b`. */
  readonly affinity: Affinity;
  readonly isInverted: boolean;
  /** What both show. */
  readonly agreement: Agreement;
  /** Whether that is so only when the one is bent onto the other. */
  readonly isBent?: boolean;
  /** Whether one is a drawing that the other turns, mirrors, or has elsewhere: they may mean two things. */
  readonly isAmbiguous: boolean;
  /** Whether both are drawings, where one more line may mean something else. */
  readonly isDrawing: boolean;
  /** Whether the map turns far or mirrors. */
  readonly isTurned: boolean;
  /**
   * Where hardly anything is to be seen, and whether the one lies on the other as a whole: neither is turned or cropped. Null for a
   * link between images as near as copies are, which needs no more.
   */
  readonly grain: (GrainAgreement & { readonly isInPlace: boolean }) | null;
}

/** Two images that show one photograph. */
export type Link = Comparison;

/** Keypoints that must agree. */
const leastInliers = 4;
/** Hypotheses tried for an image as it is, and for its mirror image. */
const tried = 3;
/** Keypoints that agree by chance in no other way. */
const plenty = 12;
/** Maps under which pixels are compared, and the share of the best one's keypoints that another must have. */
const compared = 2;
const rival = 0.7;
/** Share of the smaller image that the other must show: less may be two photographs of one field. */
const leastOverlap = 0.4;
/** Patches with something to see. */
const leastPatches = 12;
/** Share that must be the same under the best affine map for a closer look. */
const leastAtFirst = 0.15;
/** Confidence of a link that is used; less sure ones are offered. */
export const leastConfidence = 0.8;
export const leastOffered = 0.3;
/** Distance that interpolation and JPEG alone can make. */
export const leastDistance = 0.01;
/** Plain differences of two drawings that are no other line, and share of the larger one's picture that both show. */
const mostOther = 1;
const leastDrawn = 0.5;

/**
 * Compares two images under the maps that keypoints propose, or as they are where they look alike; null where nothing brings them
 * together. They show one photograph where the confidence is at least `leastConfidence`.
 */
export function verifyPair(store: ImageStore, pair: Pair): Comparison | null {
  const { a, b } = pair;
  const found: Alignment[] = [];
  for (const mirror of [false, true]) {
    const alignments = alignmentsOf(store, a, b, mirror);
    found.push(...alignments);
    // A map that so many keypoints agree on settles most copies.
    const surest = alignments.find(({ inliers }) => inliers.length > plenty);
    const link = surest && comparePixels(store, a, b, surest.affinity, false);
    if (link && link.confidence >= leastConfidence) return link;
  }
  found.sort((x, y) => y.inliers.length - x.inliers.length);
  const most = found[0]?.inliers.length ?? 0;
  const maps = found
    .slice(0, compared)
    .filter(({ inliers }) => inliers.length >= rival * most)
    .map(({ affinity }) => ({ affinity, isInverted: false }));
  if (pair.lookalike) {
    const { isInverted, isWhole } = pair.lookalike;
    maps.push({ affinity: isWhole ? wholeOnWhole(store, a, b) : asItIs(store, a, b), isInverted });
  }
  let best: Comparison | null = null;
  for (const { affinity, isInverted } of maps) {
    const next = comparePixels(store, a, b, affinity, isInverted);
    if (next && next.agreement.share > (best?.agreement.share ?? 0)) best = next;
    if (best && best.confidence >= leastConfidence) break;
  }
  return best;
}

/** The maps that keypoints propose, up to one that many agree on. */
function alignmentsOf(store: ImageStore, a: number, b: number, mirror: boolean): Alignment[] {
  const found: Alignment[] = [];
  const matches = matchKeypoints(store, a, b, mirror);
  for (const hypothesis of hypotheses(store, a, b, matches, mirror).slice(0, tried)) {
    if (hypothesis.inliers.length < 3) break;
    const alignment = refine(store, a, b, hypothesis, leastInliers);
    if (alignment) found.push(alignment);
    if (alignment && alignment.inliers.length > plenty) break;
  }
  return found;
}

const plates = new ResampledPlates();
const patches = new PatchComparer(plates);
const aligner = new PixelAligner(plates, new BlockPulls(plates));

/** A pair with the smaller one first, at whose size neither needs pixels that it does not have, and the map from its plate to the other's. */
export function smallerFirst({ a, b, affinity }: Omit<Placement, 'isInverted'>) {
  const [p, q, , s, t] = affinity;
  const isGrowing = Math.abs(p * t - q * s) >= 1;
  const start = onPlates(isGrowing ? affinity : invert(affinity));
  const [first, second] = isGrowing ? [a, b] : [b, a];
  return { isGrowing, first, second, start };
}

/** Compares two images under the map near a given one under which their pixels agree best; null where they have too little in common. Of near
 * copies, too, the grain is compared if that is asked. */
export function comparePixels(
  store: ImageStore,
  a: number,
  b: number,
  affinity: Affinity,
  isInverted: boolean,
  asksGrain = false,
): Comparison | null {
  const { isGrowing, first, second, start } = smallerFirst({ a, b, affinity });
  const rough = aligner.align(store, first, second, start, isInverted);
  if (agreementOf(patches.compare(2)).share < leastAtFirst) return null;
  const warp = aligner.align(store, first, second, rough, isInverted);
  const map = patches.compare();
  const agreement = agreementOf(map);
  const found = onImages(affinityOf(warp));
  const toB = isGrowing ? found : invert(found);
  if (plates.shared < leastOverlap * plates.width * plates.height) {
    const growth = Math.abs(start[0] * start[4] - start[1] * start[3]);
    const smaller = Math.min(plateArea(store, first), plateArea(store, second) / growth);
    if (plates.shared < leastOverlap * smaller) return null;
  }
  const isDrawn = { a: store.isDrawing(a), b: store.isDrawing(b) };
  const isMoved = () => !isBeside(toB, asItIs(store, a, b)) && !isBeside(toB, wholeOnWhole(store, a, b));
  const isAmbiguous = (isDrawn.a || isDrawn.b) && (isTurned(toB) || isMoved());
  const isDrawing = isDrawn.a && isDrawn.b;
  const isOther =
    isDrawing && (agreement.conflicts > mostOther || shownOfLarger(store, first, second, start) < leastDrawn);
  const confidence = Math.min(confidenceOf(agreement), isAmbiguous || isOther ? 0.5 : 1);
  return {
    a,
    b,
    confidence,
    distance: 1 - agreement.correlation,
    affinity: toB,
    isInverted,
    agreement,
    isAmbiguous,
    isDrawing,
    isTurned: isTurned(toB),
    grain:
      !asksGrain && confidence >= leastConfidence && 1 - agreement.correlation <= leastDistance
        ? null
        : {
            ...compareGrain(store, first, second, map, warp, isInverted),
            isInPlace: isNear(toB, asItIs(store, a, b)),
          },
  };
}

/** Share of the larger of two pictures that both show, by the plates as they are drawn and the map between them. */
function shownOfLarger(store: ImageStore, first: number, second: number, [a, b, , d, e]: Affinity): number {
  const larger = Math.max(plateArea(store, first), plateArea(store, second) / Math.abs(a * e - b * d));
  return plates.shared / larger;
}

/** A logistic function of how much is the same, surer where more is seen. */
function confidenceOf({ share, patches }: Agreement): number {
  if (patches < leastPatches) return 0;
  return 1 / (1 + Math.exp(-(40 * (share - 0.86) + Math.min(2, patches / 40 - 1))));
}
