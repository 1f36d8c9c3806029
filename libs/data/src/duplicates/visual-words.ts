import { Random } from '@thaw/base';
import { mostKeypoints } from './describe-image.ts';
import { descriptorLength, mirrored } from './descriptors.ts';
import type { ImageStore } from './image-store.ts';

const halfLength = descriptorLength / 2;
/** Centres of a half; a word is a pair of them. */
const centers = 128;
export const wordCount = centers ** 2;
/** A copy's keypoint may fall to the next centre in either half. */
export const wordsPerKeypoint = 4;
/** Halves of descriptors that the centres are learnt from. */
const sampleSize = 6_000;
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
    for (let i = 0; i < store.keypointCount(image); i++) keypoints.push(image * mostKeypoints + i);
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
    const sums = new Float64Array(centers * halfLength);
    const counts = new Uint32Array(centers);
    for (const point of points) {
      const center = nearestCenter(found, point);
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

function nearestCenter(vocabulary: Vocabulary, values: Uint8Array): number {
  return nearestCenters(vocabulary, values)[0];
}

/** The nearest centre and the next one. */
function nearestCenters(vocabulary: Vocabulary, values: Uint8Array): [number, number] {
  let [first, second] = [0, 0];
  let [nearest, next] = [Infinity, Infinity];
  for (let center = 0, start = 0; center < centers; center++, start += halfLength) {
    let distance = 0;
    for (let k = 0; k < halfLength && distance < next; k += 8) {
      for (let i = k; i < k + 8; i++) {
        const difference = vocabulary[start + i]! - values[i]!;
        distance += difference * difference;
      }
    }
    if (distance < nearest) {
      [second, next] = [first, nearest];
      [first, nearest] = [center, distance];
    } else if (distance < next) [second, next] = [center, distance];
  }
  return [first, second];
}

/**
 * The words of an image's keypoints: `wordsPerKeypoint` for each, its own one first, then those that it would have had if either
 * half or both had fallen to the next centre; `mostKeypoints` places, as many filled as it has keypoints.
 */
export function wordsOf(store: ImageStore, vocabulary: Vocabulary, image: number): Uint16Array {
  const words = new Uint16Array(mostKeypoints * wordsPerKeypoint);
  const half = new Uint8Array(halfLength);
  for (let i = 0; i < store.keypointCount(image); i++) {
    const at = (image * mostKeypoints + i) * descriptorLength;
    const [[upper, upperNext], [lower, lowerNext]] = orders.map((order) => {
      for (let k = 0; k < halfLength; k++) half[k] = store.descriptors[at + order[k]!]!;
      return nearestCenters(vocabulary, half);
    }) as [[number, number], [number, number]];
    const own = i * wordsPerKeypoint;
    words[own] = upper * centers + lower;
    words[own + 1] = upper * centers + lowerNext;
    words[own + 2] = upperNext * centers + lower;
    words[own + 3] = upperNext * centers + lowerNext;
  }
  return words;
}
