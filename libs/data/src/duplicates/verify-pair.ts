import type { Affinity } from './affinity.ts';
import { hypotheses, refine, type Alignment } from './align.ts';
import { correlate } from './correlate.ts';
import type { ImageStore } from './image-store.ts';
import { matchKeypoints } from './match-keypoints.ts';

/** Two images that show one photograph. */
export interface Link {
  readonly a: number;
  readonly b: number;
  /** 0 to 1. */
  readonly confidence: number;
  /** How far their pixels are from being the same under the map: 1 less their correlation. */
  readonly distance: number;
  /** From the pixels of `a` to those of `b`. */
  readonly affinity: Affinity;
}

/** Keypoints that must agree. */
const leastInliers = 5;
/** Hypotheses tried for an image as it is, and for its mirror image. */
const tried = 3;
/** Share of the smaller image that the other must show: less may be two photographs of one field. */
export const leastOverlap = 0.4;
const leastBlocks = 4;
/** So sure a map is that no other is tried. */
const settled = 0.99;
/** Confidence of a link that counts. */
export const leastConfidence = 0.5;

/** Whether two images show one photograph: the surest map between them that pixels confirm, or null. */
export function verifyPair(store: ImageStore, a: number, b: number): Link | null {
  let best: Link | null = null;
  for (const mirror of [false, true]) {
    const matches = matchKeypoints(store, a, b, mirror);
    for (const hypothesis of hypotheses(store, a, b, matches, mirror).slice(0, tried)) {
      if (hypothesis.inliers.length < 3) break;
      const link = confirm(store, a, b, hypothesis);
      if (link && link.confidence > (best?.confidence ?? 0)) best = link;
      if (best && best.confidence > settled) return best;
    }
  }
  return best;
}

/** The link that a map near the true one leads to; null where keypoints or pixels say that the photographs differ. */
export function confirm(store: ImageStore, a: number, b: number, start: Alignment): Link | null {
  const alignment = refine(store, a, b, start, leastInliers);
  if (!alignment) return null;
  const { correlation, overlap, blocks } = correlate(store, a, b, alignment.affinity);
  if (overlap < leastOverlap || blocks < leastBlocks) return null;
  const confidence = confidenceOf(correlation, alignment.inliers.length);
  return confidence >= leastConfidence
    ? { a, b, confidence, distance: 1 - correlation, affinity: alignment.affinity }
    : null;
}

/** A logistic function of both kinds of evidence, set by hand: an order, not a calibrated probability. */
function confidenceOf(correlation: number, inliers: number): number {
  return 1 / (1 + Math.exp(-(14 * (correlation - 0.7) + 0.3 * (inliers - 8))));
}
