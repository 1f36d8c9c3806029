import type { Affinity } from './affinity.ts';
import { refine, hypotheses, type Alignment } from './align.ts';
import { comparePixels } from './compare-pixels.ts';
import { leastConfidence, type Comparison } from './comparison.ts';
import type { ImageStore } from '../image-store.ts';
import type { Lookalike } from '../candidates/lookalikes.ts';
import { matchKeypoints } from './match-keypoints.ts';
import { asItIs, wholeOnWhole } from './places.ts';

/** Two images that may show one photograph; `lookalike` where their pictures or files are alike, as they are or inverted. */
export interface Pair {
  readonly a: number;
  readonly b: number;
  readonly lookalike?: Pick<Lookalike, 'isInverted' | 'isWhole'> | undefined;
}

/** Keypoints that must agree. */
const leastInliers = 4;
/** Hypotheses tried for an image as it is, and for its mirror image. */
const tried = 3;
/** Keypoints that agree by chance in no other way. */
const plenty = 12;
/** Maps under which pixels are compared, and the share of the best one's keypoints that another must have. */
const compared = 2;
const rival = 0.7;

/**
 * Compares two images under the maps that keypoints propose, or as they are where they look alike; null where nothing brings them
 * together. They show one photograph where the confidence is at least `leastConfidence`.
 */
export function verifyPair(store: ImageStore, pair: Pair): Comparison | null {
  const { a, b } = pair;
  const found: Alignment[] = [];
  /** What was found under maps that were compared already. */
  const known = new Map<Affinity, Comparison | null>();
  for (const mirror of [false, true]) {
    const alignments = alignmentsOf(store, a, b, mirror);
    found.push(...alignments);
    // A map that so many keypoints agree on settles most copies.
    const surest = alignments.find(({ inliers }) => inliers.length > plenty);
    if (!surest) continue;
    const comparison = comparePixels(store, a, b, surest.affinity, false);
    if (comparison && comparison.confidence >= leastConfidence) return comparison;
    known.set(surest.affinity, comparison);
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
    const next = known.has(affinity)
      ? known.get(affinity)!
      : comparePixels(store, a, b, affinity, isInverted);
    if (next && (!best || isBetter(next, best))) best = next;
    if (best && best.confidence >= leastConfidence) break;
  }
  return best;
}

/**
 * A map that makes a link is better; of others the one that agrees more, unless it settles less: a drawing that was turned agrees with
 * itself, too.
 */
function isBetter(next: Comparison, best: Comparison): boolean {
  const isLink = next.confidence >= leastConfidence;
  return isLink || (next.isAmbiguous === best.isAmbiguous && next.agreement.share > best.agreement.share);
}

/** The maps that keypoints propose, up to one that many agree on. */
function alignmentsOf(store: ImageStore, a: number, b: number, mirror: boolean): Alignment[] {
  const found: Alignment[] = [];
  const matches = matchKeypoints(store, a, b, mirror);
  for (const hypothesis of hypotheses(store, a, b, matches, mirror, tried)) {
    if (hypothesis.inliers.length < 3) break;
    const alignment = refine(store, a, b, hypothesis, leastInliers);
    if (alignment) found.push(alignment);
    if (alignment && alignment.inliers.length > plenty) break;
  }
  return found;
}
