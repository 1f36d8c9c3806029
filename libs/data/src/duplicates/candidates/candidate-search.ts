import type { ImageStore } from '../image-store.ts';
import { bitCount } from '../verify/match-keypoints.ts';
import { mirrorWord, wordsPerKeypoint } from './visual-words.ts';
import { sizeOf, turnOf, type WordIndex } from './word-index.ts';

/** An image that may show the same photograph, and by how much it looks so. */
export interface Candidate {
  readonly image: number;
  readonly score: number;
}

/** Turns that votes are counted apart for, of an image as it is and of its mirror image. */
const turns = 12;
/** Ratios of sizes that votes are counted apart for, each of `sizeStep` octaves. */
const sizes = 6;
const sizeStep = 0.8;
const bins = 2 * turns * sizes;
/** A word that so many keypoints have tells nothing. */
const commonest = 0.02;
/**
 * Votes that one image's search asks for: those of its rarest words, which count most. So the cost of a search does not grow with
 * the number of images, and neither does the noise among the votes.
 */
const mostVotes = 48_000;
/** Bits of a sketch in which keypoints of one word may differ and still vote: three of four copies do, of others one of four. */
const votingTolerance = 8;

/** Votes of one keypoint beyond these do not count: it tells nothing. */
const mostHeard = 4096;

/** What a vote counts by the bits in which the sketches differ. */
const nearness = Float32Array.from(
  { length: votingTolerance + 1 },
  (_, bits) => 1 - bits / (2 * votingTolerance),
);

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
  /** Places in `#votes` that one keypoint votes for, the first `#heardCount`, and by how much. */
  readonly #places = new Uint32Array(mostHeard);
  readonly #weights = new Float32Array(mostHeard);
  #heardCount = 0;
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
    const first = this.#store.firstKeypoint(image) * wordsPerKeypoint;
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
    const first = this.#store.firstKeypoint(image);
    for (let i = first; i < first + this.#store.keypointCount(image); i++) {
      const turn = turnOf(keypoints[i * 4 + 3]!);
      const low = sketches[i * 4 + (mirror ? 2 : 0)]!;
      const high = sketches[i * 4 + (mirror ? 3 : 1)]!;
      const angle = mirror ? 256 - turn : turn;
      const size = sizeOf(keypoints[i * 4 + 2]!);
      this.#heardCount = 0;
      for (let k = i * wordsPerKeypoint; k < (i + 1) * wordsPerKeypoint; k++) {
        const word = mirror ? mirrorWord(this.#words[k]!) : this.#words[k]!;
        if (this.#index.starts[word + 1]! - this.#index.starts[word]! > commonestAsked) continue;
        this.#hear(word, low, high, angle, size, mirror ? turns : 0);
      }
      this.#count();
    }
  }

  /** Hears the keypoints of a word that are like one keypoint, whose turns are counted in the bins from `base` on. */
  #hear(word: number, low: number, high: number, angle: number, size: number, base: number): void {
    const { starts, images, angles, sizes: itsSizes, sketches } = this.#index;
    const places = this.#places;
    const weights = this.#weights;
    const from = starts[word]!;
    const to = starts[word + 1]!;
    const share = (to - from) / images.length;
    if (share > commonest) return;
    const rarity = Math.log(1 / (share + 1 / images.length)) ** 2;
    for (let at = from; at < to; at++) {
      const bits = bitCount(low ^ sketches[2 * at]!, high ^ sketches[2 * at + 1]!);
      if (bits > votingTolerance || this.#heardCount === mostHeard) continue;
      const turn = (((angles[at]! - angle) & 255) * turns) >> 8;
      const ratio = Math.floor((itsSizes[at]! - size) / (32 * sizeStep)) + sizes / 2;
      if (ratio < 0 || ratio >= sizes) continue;
      places[this.#heardCount] = images[at]! * bins + (base + turn) * sizes + ratio;
      weights[this.#heardCount++] = rarity * nearness[bits]!;
    }
  }

  /** Counts what one keypoint heard: the more images have the like, the less each gets of it, as of a watermark or a wall. */
  #count(): void {
    const share = 1 / Math.sqrt(this.#heardCount + 2);
    for (let i = 0; i < this.#heardCount; i++) {
      const place = this.#places[i]!;
      const other = (place / bins) | 0;
      const weight = this.#weights[i]! * share;
      if (this.#totals[other] === 0) this.#touched[this.#touchedCount++] = other;
      this.#totals[other] = this.#totals[other]! + weight;
      this.#votes[place] = this.#votes[place]! + weight;
    }
  }

  /** The votes of the best two neighbouring turns and ratios of sizes. */
  #score(image: number): number {
    const votes = this.#votes;
    let best = 0;
    for (let half = 0; half < 2 * turns; half += turns) {
      for (let turn = 0; turn < turns; turn++) {
        const at = image * bins + (half + turn) * sizes;
        const beside = image * bins + (half + ((turn + 1) % turns)) * sizes;
        let before = votes[at]! + votes[beside]!;
        for (let size = 1; size < sizes; size++) {
          const here = votes[at + size]! + votes[beside + size]!;
          if (here + before > best) best = here + before;
          before = here;
        }
      }
    }
    return best;
  }
}
