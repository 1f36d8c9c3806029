import { invert, type Affinity } from './affinity.ts';
import { agreementOf, PatchComparer, type Agreement } from './agreement.ts';
import { PixelAligner } from './align-pixels.ts';
import { BlockPulls } from './block-pulls.ts';
import { compareGrain } from './compare-grain.ts';
import { leastConfidence, leastDistance, type Comparison, type Placement } from './comparison.ts';
import type { ImageStore } from '../image-store.ts';
import { asItIs, isBeside, isNear, isTurned, wholeOnWhole } from './places.ts';
import { onImages, onPlates, plateArea, ResampledPlates } from './resampled-plate.ts';
import { affinityOf } from './warp.ts';

/** Share of the smaller image that the other must show: less may be two photographs of one field. */
const leastOverlap = 0.4;
/** Patches with something to see. */
const leastPatches = 12;
/** Share that must be the same under the best affine map for a closer look. */
const leastAtFirst = 0.15;
/** Plain differences of two drawings that are no other line, and share of the larger one's picture that both show. */
const mostOther = 1;
const leastDrawn = 0.5;

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
