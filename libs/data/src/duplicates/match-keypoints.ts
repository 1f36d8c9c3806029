import { mostKeypoints } from './describe-image.ts';
import { descriptorLength, mirrored } from './descriptors.ts';
import type { ImageStore } from './image-store.ts';

/** Keypoint `from` of one image looks like keypoint `to` of another. */
export interface Match {
  readonly from: number;
  readonly to: number;
}

/** Bits of a sketch in which the same place may differ in a copy. */
export const sketchTolerance = 20;
/** The next best place must be this much farther away (squared distance, Lowe's ratio test). */
const ratio = 0.75 ** 2;
/** Squared distance of descriptors above which two places are not alike; two of length 510 at right angles have 520,000. */
const farthest = 130_000;

/** Bits set in a 32-bit integer. */
export function bitCount(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * The keypoints of image `b` that look like those of image `a`, or like those of its mirror image: each one's nearest
 * descriptor, if no keypoint elsewhere in `b` comes near it.
 */
export function matchKeypoints(store: ImageStore, a: number, b: number, mirror: boolean): Match[] {
  const matches: Match[] = [];
  const { sketches, keypoints } = store;
  const [countA, countB] = [store.keypointCount(a), store.keypointCount(b)];
  for (let i = 0; i < countA; i++) {
    const sketch = (a * mostKeypoints + i) * 4 + (mirror ? 2 : 0);
    const low = sketches[sketch]!;
    const high = sketches[sketch + 1]!;
    let best = -1;
    let bestDistance = farthest;
    let nextDistance = farthest / ratio;
    for (let j = 0; j < countB; j++) {
      const other = (b * mostKeypoints + j) * 4;
      if (bitCount(low ^ sketches[other]!) + bitCount(high ^ sketches[other + 1]!) > sketchTolerance)
        continue;
      const distance = squaredDistance(store.descriptors, a, i, b, j, mirror);
      if (distance >= nextDistance) continue;
      if (distance >= bestDistance) {
        if (best < 0 || !isSamePlace(keypoints, b, best, j)) nextDistance = distance;
        continue;
      }
      if (best >= 0 && !isSamePlace(keypoints, b, best, j)) nextDistance = bestDistance;
      best = j;
      bestDistance = distance;
    }
    if (best >= 0 && bestDistance < ratio * nextDistance) matches.push({ from: i, to: best });
  }
  return matches;
}

/** One place can have two keypoints, of different directions. */
function isSamePlace(keypoints: Float32Array, image: number, i: number, j: number): boolean {
  const a = (image * mostKeypoints + i) * 4;
  const b = (image * mostKeypoints + j) * 4;
  return Math.abs(keypoints[a]! - keypoints[b]!) < 3 && Math.abs(keypoints[a + 1]! - keypoints[b + 1]!) < 3;
}

function squaredDistance(
  descriptors: Uint8Array,
  a: number,
  i: number,
  b: number,
  j: number,
  mirror: boolean,
): number {
  const from = (a * mostKeypoints + i) * descriptorLength;
  const to = (b * mostKeypoints + j) * descriptorLength;
  let sum = 0;
  if (mirror) {
    for (let k = 0; k < descriptorLength; k++) {
      const difference = descriptors[from + mirrored[k]!]! - descriptors[to + k]!;
      sum += difference * difference;
    }
    return sum;
  }
  for (let k = 0; k < descriptorLength; k++) {
    const difference = descriptors[from + k]! - descriptors[to + k]!;
    sum += difference * difference;
  }
  return sum;
}
