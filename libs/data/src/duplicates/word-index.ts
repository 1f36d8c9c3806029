import { mostKeypoints } from './describe-image.ts';
import type { ImageStore } from './image-store.ts';
import { mirrorWord, wordCount } from './visual-words.ts';

/** An image that may show the same photograph, and by how much it looks so. */
export interface Candidate {
  readonly image: number;
  readonly score: number;
}

/** Turns that votes are counted apart for, of an image as it is and of its mirror image. */
const turns = 12;
const bins = 2 * turns;
/** A word that so many keypoints have tells nothing. */
const commonest = 0.02;

/** Which keypoints have which word: those of word w are `keypoints[starts[w]] ... keypoints[starts[w + 1] - 1]`. */
export interface WordIndex {
  readonly starts: Uint32Array;
  readonly keypoints: Uint32Array;
}

/** Indexes the plain words of all images (`mostKeypoints` places each). */
export function buildWordIndex(store: ImageStore, words: Uint16Array): WordIndex {
  const starts = new Uint32Array(wordCount + 1);
  const eachKeypoint = (visit: (keypoint: number, word: number) => void) => {
    for (let image = 0; image < store.count; image++) {
      const first = image * mostKeypoints;
      for (let i = first; i < first + store.keypointCount(image); i++) visit(i, words[i]!);
    }
  };
  eachKeypoint((_, word) => starts[word + 1]!++);
  for (let word = 0; word < wordCount; word++) starts[word + 1] = starts[word + 1]! + starts[word]!;
  const next = starts.slice();
  const keypoints = new Uint32Array(new SharedArrayBuffer(starts[wordCount]! * 4));
  eachKeypoint((keypoint, word) => {
    keypoints[next[word]!++] = keypoint;
  });
  return { starts, keypoints };
}

/**
 * Finds images that share words with one image. Each shared word votes, the more the rarer it is, for an image and for the turn
 * between the two keypoints' directions; an image's score is that of its best turn (Jégou et al. 2008, "Hamming embedding
 * and weak geometric consistency").
 */
export class CandidateSearch {
  readonly #store: ImageStore;
  readonly #words: Uint16Array;
  readonly #index: WordIndex;
  /** Votes for each image and turn, and for each image in all; zero between searches. */
  readonly #votes: Float32Array;
  readonly #totals: Float32Array;
  /** Images with votes. */
  readonly #touched: number[] = [];

  constructor(store: ImageStore, words: Uint16Array, index: WordIndex) {
    this.#store = store;
    this.#words = words;
    this.#index = index;
    this.#votes = new Float32Array(store.count * bins);
    this.#totals = new Float32Array(store.count);
  }

  /** The `most` best candidates for an image, the best first; of equals those that come first in the store. */
  candidates(image: number, most: number): Candidate[] {
    this.#vote(image, false);
    this.#vote(image, true);
    const found: Candidate[] = [];
    for (const other of this.#touched) {
      const worst = found.length < most ? 0 : found.at(-1)!.score;
      if (other !== image && this.#totals[other]! >= worst) {
        found.push({ image: other, score: this.#score(other) });
        found.sort((a, b) => b.score - a.score || a.image - b.image);
        if (found.length > most) found.pop();
      }
      this.#totals[other] = 0;
      this.#votes.fill(0, other * bins, (other + 1) * bins);
    }
    this.#touched.length = 0;
    return found;
  }

  #vote(image: number, mirror: boolean): void {
    const { starts, keypoints } = this.#index;
    const places = this.#store.keypoints;
    const votes = this.#votes;
    const totals = this.#totals;
    const total = keypoints.length;
    const first = image * mostKeypoints;
    const base = mirror ? turns : 0;
    for (let i = first; i < first + this.#store.keypointCount(image); i++) {
      const word = mirror ? mirrorWord(this.#words[i]!) : this.#words[i]!;
      const from = starts[word]!;
      const to = starts[word + 1]!;
      const share = (to - from) / total;
      if (share > commonest) continue;
      const weight = Math.log(1 / (share + 1 / total)) ** 2;
      const angle = mirror ? -places[i * 4 + 3]! : places[i * 4 + 3]!;
      for (let at = from; at < to; at++) {
        const keypoint = keypoints[at]!;
        const other = (keypoint / mostKeypoints) | 0;
        const turn = ((places[keypoint * 4 + 3]! - angle) / (2 * Math.PI) + 2) * turns;
        const place = other * bins + base + ((turn | 0) % turns);
        if (totals[other] === 0) this.#touched.push(other);
        totals[other] = totals[other]! + weight;
        votes[place] = votes[place]! + weight;
      }
    }
  }

  /** The best two neighbouring turns' votes. */
  #score(image: number): number {
    const votes = this.#votes;
    const start = image * bins;
    let best = 0;
    for (let half = start; half < start + bins; half += turns) {
      let before = votes[half + turns - 1]!;
      for (let i = half; i < half + turns; i++) {
        if (votes[i]! + before > best) best = votes[i]! + before;
        before = votes[i]!;
      }
    }
    return best;
  }
}
