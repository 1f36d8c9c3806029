import type { ImageStore } from '../image-store.ts';
import { mostKeypoints } from '../describe/describe-image.ts';
import { bitCount } from '../verify/match-keypoints.ts';
import { BestCandidates, type Candidate } from './best-candidates.ts';
import { mirrorWord, wordsPerKeypoint } from './visual-words.ts';
import { sizeOf, turnOf, type WordIndex } from './word-index.ts';

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
/** Images whose turns and sizes are told apart at a time: first about as many as have the most votes in all. */
const batch = 256;
const likeliest = 40;
/** Steps from no votes to the most that any image has. */
const steps = 256;

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
  /** Votes for each image, zero between searches; for these the first `#touchedCount` images have some. */
  readonly #totals: Float32Array;
  readonly #touched: Uint32Array;
  #touchedCount = 0;
  /** All votes of one search, the first `#heardCount`: the image times `bins` plus its bin, and what the vote counts. */
  readonly #places: Uint32Array;
  readonly #weights: Float64Array;
  #heardCount = 0;
  /** Of each image its row in `#votes` plus one, or zero; votes of some images by their bins. */
  readonly #rows: Uint16Array;
  readonly #votes = new Float32Array(batch * bins);
  readonly #mostVotes: number;

  constructor(store: ImageStore, words: Uint16Array, index: WordIndex, votes = mostVotes) {
    this.#store = store;
    this.#words = words;
    this.#index = index;
    const most = Math.min(votes, 2 * mostKeypoints * mostHeard);
    this.#totals = new Float32Array(store.count);
    this.#touched = new Uint32Array(store.count);
    this.#places = new Uint32Array(most);
    this.#weights = new Float64Array(most);
    this.#rows = new Uint16Array(store.count);
    this.#mostVotes = votes;
  }

  /** The `most` best candidates for an image, the best first; of equals those that come first in the store. */
  candidates(image: number, most: number): Candidate[] {
    const commonest = this.#commonestAsked(image);
    this.#vote(image, false, commonest);
    this.#vote(image, true, commonest);
    // No score is above the total, so that few images have to be scored once the best are known.
    const bound = this.#totalOf(likeliest);
    const found = new BestCandidates(most);
    this.#score(image, found, bound, Infinity);
    this.#score(image, found, 0, bound);
    for (let i = 0; i < this.#touchedCount; i++) this.#totals[this.#touched[i]!] = 0;
    this.#touchedCount = 0;
    this.#heardCount = 0;
    return found.candidates;
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
      const from = this.#heardCount;
      for (let k = i * wordsPerKeypoint; k < (i + 1) * wordsPerKeypoint; k++) {
        const word = mirror ? mirrorWord(this.#words[k]!) : this.#words[k]!;
        if (this.#index.starts[word + 1]! - this.#index.starts[word]! > commonestAsked) continue;
        this.#hear(word, from + mostHeard, low, high, angle, size, mirror ? turns : 0);
      }
      this.#count(from);
    }
  }

  /** Hears the keypoints of a word that are like one keypoint, up to `most` in all; turns are counted in the bins from `base` on. */
  #hear(
    word: number,
    most: number,
    low: number,
    high: number,
    angle: number,
    size: number,
    base: number,
  ): void {
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
      if (bits > votingTolerance || this.#heardCount === most) continue;
      const turn = (((angles[at]! - angle) & 255) * turns) >> 8;
      const ratio = Math.floor((itsSizes[at]! - size) / (32 * sizeStep)) + sizes / 2;
      if (ratio < 0 || ratio >= sizes) continue;
      places[this.#heardCount] = images[at]! * bins + (base + turn) * sizes + ratio;
      weights[this.#heardCount++] = rarity * nearness[bits]!;
    }
  }

  /** Counts what one keypoint heard: the more images have the like, the less each gets of it, as of a watermark or a wall. */
  #count(from: number): void {
    const share = 1 / Math.sqrt(this.#heardCount - from + 2);
    for (let i = from; i < this.#heardCount; i++) {
      const other = (this.#places[i]! / bins) | 0;
      const weight = (this.#weights[i]! *= share);
      if (this.#totals[other] === 0) this.#touched[this.#touchedCount++] = other;
      this.#totals[other]! += weight;
    }
  }

  /** A total that at least so many images reach, and not many more; 0 where there are fewer. */
  #totalOf(count: number): number {
    let largest = 0;
    for (let i = 0; i < this.#touchedCount; i++)
      largest = Math.max(largest, this.#totals[this.#touched[i]!]!);
    const step = largest / steps;
    const reached = new Uint32Array(steps + 1);
    for (let i = 0; i < this.#touchedCount; i++) reached[(this.#totals[this.#touched[i]!]! / step) | 0]!++;
    let at = steps;
    for (let left = count; at > 0 && (left -= reached[at]!) > 0;) at--;
    return at * step;
  }

  /** Scores the images that may be among the best, of those whose total is at least `least` and less than `below`. */
  #score(image: number, found: BestCandidates, least: number, below: number): void {
    const some: number[] = [];
    const scoreSome = () => {
      this.#countBins(some);
      for (const [row, other] of some.entries()) found.add({ image: other, score: bestOf(this.#votes, row) });
      some.length = 0;
    };
    for (let i = 0; i < this.#touchedCount; i++) {
      const other = this.#touched[i]!;
      const total = this.#totals[other]!;
      if (other !== image && total >= Math.max(least, found.worst) && total < below) some.push(other);
      if (some.length === batch) scoreSome();
    }
    scoreSome();
  }

  /** Counts the votes of some images by their bins, a row of `#votes` for each. */
  #countBins(images: readonly number[]): void {
    const votes = this.#votes.fill(0, 0, images.length * bins);
    const rows = this.#rows;
    for (const [row, image] of images.entries()) rows[image] = row + 1;
    for (let i = 0; i < this.#heardCount; i++) {
      const place = this.#places[i]!;
      const image = (place / bins) | 0;
      const row = rows[image]! - 1;
      if (row >= 0) votes[place + (row - image) * bins]! += this.#weights[i]!;
    }
    for (const image of images) rows[image] = 0;
  }
}

/** The votes of the best two neighbouring turns and ratios of sizes in a row of them. */
function bestOf(votes: Float32Array, row: number): number {
  let best = 0;
  for (let half = 0; half < 2 * turns; half += turns) {
    for (let turn = 0; turn < turns; turn++) {
      const at = row * bins + (half + turn) * sizes;
      const beside = row * bins + (half + ((turn + 1) % turns)) * sizes;
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
