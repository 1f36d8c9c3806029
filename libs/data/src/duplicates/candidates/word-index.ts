import type { ImageStore } from '../image-store.ts';
import { wordCount, wordsPerKeypoint } from './visual-words.ts';

/** Numbers of an entry of a `WordIndex`. */
export const entryLength = 4;

/**
 * Keypoints by their word: those of word w are the entries `starts[w] ... starts[w + 1] - 1`. An entry holds what a vote needs side
 * by side, so that a search reads memory from one end to the other: two numbers of its sketch, its image, and its direction in 256ths
 * of a turn with 256 times its size in 32nds of an octave.
 */
export interface WordIndex {
  readonly starts: Uint32Array;
  readonly entries: Int32Array;
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
  const entries = new Int32Array(new SharedArrayBuffer(total * entryLength * Int32Array.BYTES_PER_ELEMENT));
  const next = starts.slice();
  eachKeypoint((image, keypoint) => {
    const at = next[words[keypoint * wordsPerKeypoint]!]!++ * entryLength;
    entries[at] = store.sketches[keypoint * 4]!;
    entries[at + 1] = store.sketches[keypoint * 4 + 1]!;
    entries[at + 2] = image;
    entries[at + 3] =
      turnOf(store.keypoints[keypoint * 4 + 3]!) | (sizeOf(store.keypoints[keypoint * 4 + 2]!) << 8);
  });
  return { starts, entries };
}

/** An angle in 256ths of a turn. */
export function turnOf(angle: number): number {
  return Math.round((angle / (2 * Math.PI)) * 256) & 255;
}

/** A keypoint's size, by the logarithm of its sigma, in 32nds of an octave. */
export function sizeOf(octaves: number): number {
  return Math.max(0, Math.min(255, Math.round(32 * octaves)));
}
