import { Random, wasmBytes, WasmMemory } from '@thaw/base';
import { descriptorLength, mirrored } from '../describe/descriptors.ts';
import { distances, type DistanceFunctions } from './distances.ts';
import type { ImageStore } from '../image-store.ts';

const halfLength = descriptorLength / 2;
/** Centres of a half; a word is a pair of them, and as many as these has room in 16 bits. */
const centers = 256;
export const wordCount = centers ** 2;
/** A copy's keypoint may fall to the next centre in either half. */
export const wordsPerKeypoint = 4;
/** Halves of descriptors that the centres are learnt from. */
const sampleSize = 12_000;
const rounds = 6;

/** `centers` points of `halfLength` values. */
export type Vocabulary = Float32Array;

/** Where the values of each half stand in a descriptor: the second half is read from its mirror image. */
const orders = [mirrored.map((_, i) => i), mirrored].map((order) => order.subarray(0, halfLength));

/** The word of the mirror image's descriptor. */
export function mirrorWord(word: number): number {
  return (word % centers) * centers + Math.floor(word / centers);
}

/**
 * Learns the centres of half descriptors (k-means; pairs of them make the cells of a product quantiser, as in Babenko and Lempitsky
 * 2012, "The inverted multi-index"). Both halves share the centres, the second one mirrored, so that mirroring an image
 * swaps the parts of its words. Depends on the store's content and order alone.
 */
export function learnVocabulary(store: ImageStore): Vocabulary {
  const keypoints: number[] = [];
  for (let image = 0; image < store.count; image++) {
    const first = store.firstKeypoint(image);
    for (let i = 0; i < store.keypointCount(image); i++) keypoints.push(first + i);
  }
  const sample = new Random('visual words').shuffle(keypoints).slice(0, sampleSize);
  const points = sample.map((keypoint, i) => {
    const order = orders[i % 2]!;
    return Uint8Array.from(order, (k) => store.descriptors[keypoint * descriptorLength + k]!);
  });
  return learnCenters(points);
}

/** Lloyd's k-means from the first points; a centre that loses its points stays where it is. */
function learnCenters(points: readonly Uint8Array[]): Vocabulary {
  const found = new Float32Array(centers * halfLength);
  for (let i = 0; i < Math.min(centers, points.length); i++) found.set(points[i]!, i * halfLength);
  for (let round = 0; round < rounds; round++) {
    const search = new CenterSearch(found);
    const sums = new Float64Array(centers * halfLength);
    const counts = new Uint32Array(centers);
    for (const point of points) {
      search.values.set(point);
      const [center] = search.nearest();
      counts[center]!++;
      for (let k = 0; k < halfLength; k++) {
        sums[center * halfLength + k] = sums[center * halfLength + k]! + point[k]!;
      }
    }
    for (let i = 0; i < found.length; i++) {
      const count = counts[Math.floor(i / halfLength)]!;
      if (count > 0) found[i] = sums[i]! / count;
    }
  }
  return found;
}

/** Finds the centres that are nearest to half a descriptor. */
class CenterSearch {
  /** The half. */
  readonly values: Float32Array;
  readonly #centers: Float32Array;
  readonly #nearestCenters: DistanceFunctions['nearestCenters'];

  constructor(vocabulary: Vocabulary) {
    const memory = new WasmMemory(wasmBytes(4 * halfLength) + wasmBytes(vocabulary.byteLength));
    this.values = memory.float32(halfLength);
    this.#centers = memory.float32(vocabulary.length);
    this.#nearestCenters = distances.in(memory).nearestCenters;
    // Four centres lie side by side, value by value.
    for (let i = 0; i < vocabulary.length; i++) {
      const [center, k] = [Math.floor(i / halfLength), i % halfLength];
      this.#centers[((center >> 2) * halfLength + k) * 4 + (center & 3)] = vocabulary[i]!;
    }
  }

  /** The nearest centre and the next one; of equals the first. */
  nearest(): [number, number] {
    const both = this.#nearestCenters(
      this.values.byteOffset,
      halfLength,
      this.#centers.byteOffset,
      this.#centers.length / halfLength,
    );
    return [both & 0xffff, both >>> 16];
  }
}

/** Finds the words of a store's keypoints. */
export class WordReader {
  readonly #store: ImageStore;
  readonly #search: CenterSearch;

  constructor(store: ImageStore, vocabulary: Vocabulary) {
    this.#store = store;
    this.#search = new CenterSearch(vocabulary);
  }

  /**
   * Writes the words of an image's keypoints to their places in `words`, which stand as keypoints do in the store:
   * `wordsPerKeypoint` for each, its own one first, then those that it would have had if either half or both had fallen to the next
   * centre.
   */
  read(image: number, words: Uint16Array): void {
    const first = this.#store.firstKeypoint(image);
    for (let keypoint = first; keypoint < first + this.#store.keypointCount(image); keypoint++) {
      const [upper, upperNext] = this.#nearest(keypoint, orders[0]!);
      const [lower, lowerNext] = this.#nearest(keypoint, orders[1]!);
      const own = keypoint * wordsPerKeypoint;
      words[own] = upper * centers + lower;
      words[own + 1] = upper * centers + lowerNext;
      words[own + 2] = upperNext * centers + lower;
      words[own + 3] = upperNext * centers + lowerNext;
    }
  }

  /** The centres nearest to the half of a keypoint's descriptor whose values stand in this order. */
  #nearest(keypoint: number, order: Uint8Array): [number, number] {
    const { values } = this.#search;
    const at = keypoint * descriptorLength;
    for (let k = 0; k < halfLength; k++) values[k] = this.#store.descriptors[at + order[k]!]!;
    return this.#search.nearest();
  }
}
