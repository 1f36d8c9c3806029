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

/** In how many bits two sketches of 64 bits differ, by what is left of each half after an exclusive or. */
export function bitCount(low: number, high: number): number {
  const lowPairs = low - ((low >>> 1) & 0x55555555);
  const highPairs = high - ((high >>> 1) & 0x55555555);
  const nibbles =
    (lowPairs & 0x33333333) +
    ((lowPairs >>> 2) & 0x33333333) +
    (highPairs & 0x33333333) +
    ((highPairs >>> 2) & 0x33333333);
  return Math.imul((nibbles & 0x0f0f0f0f) + ((nibbles >>> 4) & 0x0f0f0f0f), 0x01010101) >>> 24;
}

const wanted = new Uint8Array(descriptorLength);

/**
 * The keypoints of image `b` that look like those of image `a`, or like those of its mirror image: each one's nearest
 * descriptor, if no keypoint elsewhere in `b` comes near it.
 */
export function matchKeypoints(store: ImageStore, a: number, b: number, mirror: boolean): Match[] {
  const matches: Match[] = [];
  const { sketches, keypoints, descriptors } = store;
  const [countA, countB] = [store.keypointCount(a), store.keypointCount(b)];
  const [firstA, firstB] = [a * mostKeypoints, b * mostKeypoints];
  for (let i = 0; i < countA; i++) {
    const sketch = (firstA + i) * 4 + (mirror ? 2 : 0);
    const low = sketches[sketch]!;
    const high = sketches[sketch + 1]!;
    const from = (firstA + i) * descriptorLength;
    for (let k = 0; k < descriptorLength; k++) wanted[k] = descriptors[from + (mirror ? mirrored[k]! : k)]!;
    let best = -1;
    let bestDistance = farthest;
    let nextDistance = farthest / ratio;
    for (let j = 0, other = firstB * 4; j < countB; j++, other += 4) {
      if (bitCount(low ^ sketches[other]!, high ^ sketches[other + 1]!) > sketchTolerance) continue;
      const distance = squaredDistance(wanted, descriptors, (firstB + j) * descriptorLength, nextDistance);
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

/** Between a descriptor and the one at `to` of `descriptors`; once it is `limit` or more, it may be too small. */
function squaredDistance(descriptor: Uint8Array, descriptors: Uint8Array, to: number, limit: number): number {
  let sum = 0;
  for (let start = 0; start < descriptorLength && sum < limit; start += 16) {
    for (let k = start; k < start + 16; k++) {
      const difference = descriptor[k]! - descriptors[to + k]!;
      sum += difference * difference;
    }
  }
  return sum;
}
