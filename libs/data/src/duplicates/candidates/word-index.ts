import type { ImageStore } from '../image-store.ts';
import { wordCount, wordsPerKeypoint } from './visual-words.ts';

/**
 * Keypoints by their word: those of word w stand at `starts[w] ... starts[w + 1] - 1` of the other arrays, which hold what a
 * vote needs side by side, so that a search reads them from one end to the other.
 */
export interface WordIndex {
  readonly starts: Uint32Array;
  readonly images: Uint32Array;
  /** Of the keypoint's direction, in 256ths of a turn. */
  readonly angles: Uint8Array;
  /** Of its size, in 32nds of an octave. */
  readonly sizes: Uint8Array;
  /** Two for each keypoint. */
  readonly sketches: Int32Array;
}

/** Indexes the keypoints of all images by their own words (see `wordsOf`), in memory that threads share. */
export function buildWordIndex(store: ImageStore, words: Uint16Array): WordIndex {
  const starts = new Uint32Array(wordCount + 1);
  const eachKeypoint = (visit: (image: number, keypoint: number) => void) => {
    for (let image = 0; image < store.count; image++) {
      const first = store.firstKeypoint(image);
      for (let i = first; i < first + store.keypointCount(image); i++) visit(image, i);
    }
  };
  eachKeypoint((_, keypoint) => starts[words[keypoint * wordsPerKeypoint]! + 1]!++);
  for (let word = 0; word < wordCount; word++) starts[word + 1] = starts[word + 1]! + starts[word]!;
  const total = starts[wordCount]!;
  const images = new Uint32Array(new SharedArrayBuffer(total * 4));
  const angles = new Uint8Array(new SharedArrayBuffer(total));
  const sizes = new Uint8Array(new SharedArrayBuffer(total));
  const sketches = new Int32Array(new SharedArrayBuffer(total * 8));
  const next = starts.slice();
  eachKeypoint((image, keypoint) => {
    const at = next[words[keypoint * wordsPerKeypoint]!]!++;
    images[at] = image;
    angles[at] = turnOf(store.keypoints[keypoint * 4 + 3]!);
    sizes[at] = sizeOf(store.keypoints[keypoint * 4 + 2]!);
    sketches[2 * at] = store.sketches[keypoint * 4]!;
    sketches[2 * at + 1] = store.sketches[keypoint * 4 + 1]!;
  });
  return { starts, images, angles, sizes, sketches };
}

/** An angle in 256ths of a turn. */
export function turnOf(angle: number): number {
  return Math.round((angle / (2 * Math.PI)) * 256) & 255;
}

/** A keypoint's size, by the logarithm of its sigma, in 32nds of an octave. */
export function sizeOf(octaves: number): number {
  return Math.max(0, Math.min(255, Math.round(32 * octaves)));
}
