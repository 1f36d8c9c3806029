import { WasmMemory } from '@thaw/base';
import { mostKeypoints } from '../describe/describe-image.ts';
import { descriptorLength } from '../describe/descriptors.ts';
import { distances, type DistanceFunctions } from '../candidates/distances.ts';
import type { ImageStore } from '../image-store.ts';

/** Keypoint `from` of one image looks like keypoint `to` of another. */
export interface Match {
  readonly from: number;
  readonly to: number;
}

/** Bits of a sketch in which the same place may differ in a copy. */
export const sketchTolerance = 20;
/** The next best place must be this much farther away (squared distance, Lowe's ratio test: 0.75 squared, in 16ths). */
const ratioIn16ths = 9;
/** Squared distance of descriptors above which two places are not alike; two of length 510 at right angles have 520,000. */
const farthest = 130_000;
/** Pixels from which on keypoints are at two places: one place can have two keypoints, of different directions. */
const samePlace = 3;

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

let matcher: Matcher | undefined;

/**
 * The keypoints of image `b` that look like those of image `a`, or like those of its mirror image: each one's nearest
 * descriptor, if no keypoint elsewhere in `b` comes near it.
 */
export function matchKeypoints(store: ImageStore, a: number, b: number, mirror: boolean): Match[] {
  matcher ??= new Matcher();
  return matcher.match(store, a, b, mirror);
}

/** Memory for two images at a time, and what matches them. Each thread has its own. */
class Matcher {
  readonly #match: DistanceFunctions['match'];
  readonly #a: Features;
  readonly #b: Features;
  /** For each keypoint of `a` the one of `b`, or -1. */
  readonly #to: Int32Array;

  constructor() {
    const memory = new WasmMemory(2 ** 16);
    this.#match = distances.in(memory).match;
    this.#a = new Features(memory);
    this.#b = new Features(memory);
    this.#to = memory.int32(mostKeypoints);
  }

  match(store: ImageStore, a: number, b: number, mirror: boolean): Match[] {
    const [countA, countB] = [store.keypointCount(a), store.keypointCount(b)];
    if (countA === 0 || countB === 0) return [];
    this.#a.read(store, a, countA);
    this.#b.read(store, b, countB);
    this.#match(
      this.#a.sketches.byteOffset,
      this.#a.descriptors.byteOffset,
      countA,
      this.#b.keypoints.byteOffset,
      this.#b.sketches.byteOffset,
      this.#b.descriptors.byteOffset,
      countB,
      mirror ? 1 : 0,
      sketchTolerance,
      farthest,
      Math.ceil((farthest * 16) / ratioIn16ths),
      ratioIn16ths,
      samePlace,
      this.#to.byteOffset,
    );
    const matches: Match[] = [];
    for (let from = 0; from < countA; from++) {
      const to = this.#to[from]!;
      if (to >= 0) matches.push({ from, to });
    }
    return matches;
  }
}

/** A copy of one image's keypoints. */
class Features {
  readonly keypoints: Float32Array;
  readonly sketches: Int32Array;
  readonly descriptors: Uint8Array;

  constructor(memory: WasmMemory) {
    this.keypoints = memory.float32(mostKeypoints * 4);
    this.sketches = memory.int32(mostKeypoints * 4);
    this.descriptors = memory.uint8(mostKeypoints * descriptorLength);
  }

  read(store: ImageStore, image: number, count: number): void {
    const { keypoints, sketches, descriptors } = store;
    const first = store.firstKeypoint(image);
    this.keypoints.set(keypoints.subarray(first * 4, (first + count) * 4));
    this.sketches.set(sketches.subarray(first * 4, (first + count) * 4));
    this.descriptors.set(descriptors.subarray(first * descriptorLength, (first + count) * descriptorLength));
  }
}
