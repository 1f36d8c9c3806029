import { mostKeypoints } from './describe-image.ts';
import type { ImageStore } from './image-store.ts';
import { bitCount } from './match-keypoints.ts';
import { mirrorWord, wordCount, wordsPerKeypoint } from './visual-words.ts';

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
/**
 * Votes that one image's search asks for: those of its rarest words, which count most. So the cost of a search does not grow with
 * the number of images, and neither does the noise among the votes.
 */
const mostVotes = 48_000;
/** Bits of a sketch in which keypoints of one word may differ and still vote: three of four copies do, of others one of four. */
const votingTolerance = 8;

/** What a vote counts by the bits in which the sketches differ. */
const nearness = Float32Array.from(
  { length: votingTolerance + 1 },
  (_, bits) => 1 - bits / (2 * votingTolerance),
);

/**
 * Keypoints by their word: those of word w stand at `starts[w] ... starts[w + 1] - 1` of the other arrays, which hold what a
 * vote needs side by side, so that a search reads them from one end to the other.
 */
export interface WordIndex {
  readonly starts: Uint32Array;
  readonly images: Uint32Array;
  /** Of the keypoint's direction, in 256ths of a turn. */
  readonly angles: Uint8Array;
  /** Two for each keypoint. */
  readonly sketches: Int32Array;
}

/** Indexes the keypoints of all images by their own words (see `wordsOf`), in memory that threads share. */
export function buildWordIndex(store: ImageStore, words: Uint16Array): WordIndex {
  const starts = new Uint32Array(wordCount + 1);
  const eachKeypoint = (visit: (image: number, keypoint: number) => void) => {
    for (let image = 0; image < store.count; image++) {
      const first = image * mostKeypoints;
      for (let i = first; i < first + store.keypointCount(image); i++) visit(image, i);
    }
  };
  eachKeypoint((_, keypoint) => starts[words[keypoint * wordsPerKeypoint]! + 1]!++);
  for (let word = 0; word < wordCount; word++) starts[word + 1] = starts[word + 1]! + starts[word]!;
  const total = starts[wordCount]!;
  const images = new Uint32Array(new SharedArrayBuffer(total * 4));
  const angles = new Uint8Array(new SharedArrayBuffer(total));
  const sketches = new Int32Array(new SharedArrayBuffer(total * 8));
  const next = starts.slice();
  eachKeypoint((image, keypoint) => {
    const at = next[words[keypoint * wordsPerKeypoint]!]!++;
    images[at] = image;
    angles[at] = turnOf(store.keypoints[keypoint * 4 + 3]!);
    sketches[2 * at] = store.sketches[keypoint * 4]!;
    sketches[2 * at + 1] = store.sketches[keypoint * 4 + 1]!;
  });
  return { starts, images, angles, sketches };
}

/** An angle in 256ths of a turn. */
function turnOf(angle: number): number {
  return Math.round((angle / (2 * Math.PI)) * 256) & 255;
}

/**
 * Finds images that share words with one image, or have a word next to one of its. Each such word votes, the more the rarer it is
 * and the nearer the sketches are, for an image and for the turn between the two keypoints' directions; an image's score is that
 * of its best turn (Jégou et al. 2008, "Hamming embedding and weak geometric consistency").
 */
export class CandidateSearch {
  readonly #store: ImageStore;
  readonly #words: Uint16Array;
  readonly #index: WordIndex;
  /** Votes for each image and turn, and for each image in all; zero between searches. */
  readonly #votes: Float32Array;
  readonly #totals: Float32Array;
  /** Images with votes, the first `#touchedCount`. */
  readonly #touched: Uint32Array;
  #touchedCount = 0;
  readonly #mostVotes: number;

  constructor(store: ImageStore, words: Uint16Array, index: WordIndex, votes = mostVotes) {
    this.#store = store;
    this.#words = words;
    this.#index = index;
    this.#votes = new Float32Array(store.count * bins);
    this.#totals = new Float32Array(store.count);
    this.#touched = new Uint32Array(store.count);
    this.#mostVotes = votes;
  }

  /** The `most` best candidates for an image, the best first; of equals those that come first in the store. */
  candidates(image: number, most: number): Candidate[] {
    const commonest = this.#commonestAsked(image);
    this.#vote(image, false, commonest);
    this.#vote(image, true, commonest);
    const found: Candidate[] = [];
    let worst = 0;
    for (let i = 0; i < this.#touchedCount; i++) {
      const other = this.#touched[i]!;
      const score = other !== image && this.#totals[other]! >= worst ? this.#score(other) : -1;
      if (score >= worst) {
        found.push({ image: other, score });
        found.sort((a, b) => b.score - a.score || a.image - b.image);
        if (found.length > most) found.pop();
        if (found.length === most) worst = found.at(-1)!.score;
      }
      this.#totals[other] = 0;
      this.#votes.fill(0, other * bins, (other + 1) * bins);
    }
    this.#touchedCount = 0;
    return found;
  }

  /** How many keypoints a word may have for an image's search to ask them all. */
  #commonestAsked(image: number): number {
    const { starts } = this.#index;
    const first = image * mostKeypoints * wordsPerKeypoint;
    const words = this.#words.subarray(first, first + this.#store.keypointCount(image) * wordsPerKeypoint);
    const counts = new Uint32Array(2 * words.length);
    for (const [i, plain] of words.entries()) {
      const mirror = mirrorWord(plain);
      counts[2 * i] = starts[plain + 1]! - starts[plain]!;
      counts[2 * i + 1] = starts[mirror + 1]! - starts[mirror]!;
    }
    let asked = 0;
    for (const count of counts.sort()) {
      asked += count;
      if (asked > this.#mostVotes) return count - 1;
    }
    return Infinity;
  }

  #vote(image: number, mirror: boolean, commonestAsked: number): void {
    const { keypoints, sketches } = this.#store;
    const first = image * mostKeypoints;
    for (let i = first; i < first + this.#store.keypointCount(image); i++) {
      const turn = turnOf(keypoints[i * 4 + 3]!);
      const low = sketches[i * 4 + (mirror ? 2 : 0)]!;
      const high = sketches[i * 4 + (mirror ? 3 : 1)]!;
      const angle = mirror ? 256 - turn : turn;
      for (let k = i * wordsPerKeypoint; k < (i + 1) * wordsPerKeypoint; k++) {
        const word = mirror ? mirrorWord(this.#words[k]!) : this.#words[k]!;
        if (this.#index.starts[word + 1]! - this.#index.starts[word]! > commonestAsked) continue;
        this.#voteFor(word, low, high, angle, mirror ? turns : 0);
      }
    }
  }

  /** Votes of one keypoint for the images that have a word, in the bins from `base` on. */
  #voteFor(word: number, low: number, high: number, angle: number, base: number): void {
    const { starts, images, angles, sketches } = this.#index;
    const votes = this.#votes;
    const totals = this.#totals;
    const touched = this.#touched;
    const from = starts[word]!;
    const to = starts[word + 1]!;
    const share = (to - from) / images.length;
    if (share > commonest) return;
    const rarity = Math.log(1 / (share + 1 / images.length)) ** 2;
    for (let at = from; at < to; at++) {
      const bits = bitCount(low ^ sketches[2 * at]!, high ^ sketches[2 * at + 1]!);
      if (bits > votingTolerance) continue;
      const weight = rarity * nearness[bits]!;
      const other = images[at]!;
      const turn = (((angles[at]! - angle) & 255) * turns) >> 8;
      const place = other * bins + base + turn;
      if (totals[other] === 0) touched[this.#touchedCount++] = other;
      totals[other] = totals[other]! + weight;
      votes[place] = votes[place]! + weight;
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
