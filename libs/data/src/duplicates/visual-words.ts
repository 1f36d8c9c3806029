import { Random } from '@thaw/base';
import { mostKeypoints } from './describe-image.ts';
import { descriptorLength, mirrored } from './descriptors.ts';
import type { ImageStore } from './image-store.ts';

const halves = 2;
const halfLength = descriptorLength / halves;
/** Centres of each half; a word is a pair of them. */
const centers = 64;
export const wordCount = centers ** halves;
/** Descriptors that the centres are learnt from. */
const sampleSize = 6_000;
const rounds = 6;

/** For each half of a descriptor `centers` points of `halfLength` values. */
export type Vocabulary = Float32Array;

/**
 * Learns the centres of each half of the descriptors (k-means; the pairs make the cells of a product quantiser, as in Babenko and
 * Lempitsky 2012, "The inverted multi-index"). Depends on the store's content and order alone.
 */
export function learnVocabulary(store: ImageStore): Vocabulary {
  const random = new Random('visual words');
  const keypoints: number[] = [];
  for (let image = 0; image < store.count; image++) {
    for (let i = 0; i < store.keypointCount(image); i++) keypoints.push(image * mostKeypoints + i);
  }
  const sample = random.shuffle(keypoints).slice(0, sampleSize);
  const vocabulary = new Float32Array(halves * centers * halfLength);
  for (let half = 0; half < halves; half++) {
    const points = sample.map((keypoint, i) => {
      const at = keypoint * descriptorLength;
      const descriptor = store.descriptors.subarray(at, at + descriptorLength);
      const plain = i % 2 === 0 ? descriptor : descriptor.map((_, k) => descriptor[mirrored[k]!]!);
      return plain.subarray(half * halfLength, (half + 1) * halfLength);
    });
    vocabulary.set(learnCenters(points), half * centers * halfLength);
  }
  return vocabulary;
}

/** Lloyd's k-means from the first points; a centre that loses its points stays where it is. */
function learnCenters(points: readonly Uint8Array[]): Float32Array {
  const found = new Float32Array(centers * halfLength);
  for (let i = 0; i < Math.min(centers, points.length); i++) found.set(points[i]!, i * halfLength);
  for (let round = 0; round < rounds; round++) {
    const sums = new Float64Array(centers * halfLength);
    const counts = new Uint32Array(centers);
    for (const point of points) {
      const center = nearestCenter(found, 0, point, 0, null);
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

function nearestCenter(
  vocabulary: Vocabulary,
  base: number,
  values: Uint8Array,
  at: number,
  order: Uint8Array | null,
): number {
  let best = 0;
  let nearest = Infinity;
  for (let center = 0; center < centers; center++) {
    const start = base + center * halfLength;
    let distance = 0;
    for (let k = 0; k < halfLength; k += 8) {
      for (let i = k; i < k + 8; i++) {
        const difference = vocabulary[start + i]! - (order ? values[at + order[i]!]! : values[at + i]!);
        distance += difference * difference;
      }
      if (distance >= nearest) break;
    }
    if (distance < nearest) {
      nearest = distance;
      best = center;
    }
  }
  return best;
}

const orders = Array.from({ length: halves }, (_, half) =>
  mirrored.subarray(half * halfLength, (half + 1) * halfLength),
);

/** The words of an image's keypoints, or of its mirror image's; `mostKeypoints` places, as many filled as it has keypoints. */
export function wordsOf(
  store: ImageStore,
  vocabulary: Vocabulary,
  image: number,
  mirror: boolean,
): Uint16Array {
  const words = new Uint16Array(mostKeypoints);
  for (let i = 0; i < store.keypointCount(image); i++) {
    const at = (image * mostKeypoints + i) * descriptorLength;
    let word = 0;
    for (let half = 0; half < halves; half++) {
      const order = mirror ? orders[half]! : null;
      const from = mirror ? at : at + half * halfLength;
      const center = nearestCenter(vocabulary, half * centers * halfLength, store.descriptors, from, order);
      word = word * centers + center;
    }
    words[i] = word;
  }
  return words;
}
