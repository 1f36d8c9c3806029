import { mostKeypoints } from './describe-image.ts';
import type { ImageStore } from './image-store.ts';
import { wordCount } from './visual-words.ts';

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
  readonly #mirrorWords: Uint16Array;
  readonly #index: WordIndex;
  readonly #votes: Float32Array;

  constructor(store: ImageStore, words: Uint16Array, mirrorWords: Uint16Array, index: WordIndex) {
    this.#store = store;
    this.#words = words;
    this.#mirrorWords = mirrorWords;
    this.#index = index;
    this.#votes = new Float32Array(store.count * bins);
  }

  /** The `most` best candidates for an image, the best first. */
  candidates(image: number, most: number): Candidate[] {
    this.#votes.fill(0);
    this.#vote(image, this.#words, false);
    this.#vote(image, this.#mirrorWords, true);
    const found: Candidate[] = [];
    for (let other = 0; other < this.#store.count; other++) {
      if (other === image) continue;
      const score = this.#score(other);
      if (score > (found.length < most ? 0 : found.at(-1)!.score)) {
        const place = found.findIndex((candidate) => candidate.score < score);
        found.splice(place < 0 ? found.length : place, 0, { image: other, score });
        if (found.length > most) found.pop();
      }
    }
    return found;
  }

  #vote(image: number, words: Uint16Array, mirror: boolean): void {
    const { starts, keypoints } = this.#index;
    const places = this.#store.keypoints;
    const votes = this.#votes;
    const total = keypoints.length;
    const first = image * mostKeypoints;
    const base = mirror ? turns : 0;
    for (let i = first; i < first + this.#store.keypointCount(image); i++) {
      const word = words[i]!;
      const [from, to] = [starts[word]!, starts[word + 1]!];
      const share = (to - from) / total;
      if (share > commonest) continue;
      const weight = Math.log(1 / (share + 1 / total)) ** 2;
      const angle = mirror ? -places[i * 4 + 3]! : places[i * 4 + 3]!;
      for (let at = from; at < to; at++) {
        const keypoint = keypoints[at]!;
        const turn = ((places[keypoint * 4 + 3]! - angle) / (2 * Math.PI) + 2) * turns;
        const place = ((keypoint / mostKeypoints) | 0) * bins + base + ((turn | 0) % turns);
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
