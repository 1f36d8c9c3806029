import type { ImageStore } from '../image-store.ts';
import { mostKeypoints } from '../describe/describe-image.ts';
import { bitCount } from '../verify/match-keypoints.ts';
import type { Candidate } from './best-candidates.ts';
import { mirrorWord, wordsPerKeypoint } from './visual-words.ts';
import { binOf, sizes, turns, Votes } from './votes.ts';
import { entryLength, sizeOf, turnOf, type WordIndex } from './word-index.ts';

/** Octaves from one ratio of sizes that votes are counted apart for to the next. */
const sizeStep = 0.8;
/** A word tells nothing that such a share of all keypoints have, and more than a few: a small set has so few that each is a large share. */
const commonest = { share: 0.02, keypoints: 8 };
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

/** By how far two sizes are apart, from -255 on, which ratio of sizes that is, or -1 where it is beyond those that count. */
const ratios = Int8Array.from({ length: 511 }, (_, i) => {
  const ratio = Math.floor((i - 255) / (32 * sizeStep)) + sizes / 2;
  return ratio >= 0 && ratio < sizes ? ratio : -1;
});

/**
 * Finds images that share words with one image, or have a word next to one of its. Each such word votes, the more the rarer it is
 * and the nearer the sketches are, for an image and for the turn between the two keypoints' directions; an image's score is that
 * of its best turn (Jégou et al. 2008, "Hamming embedding and weak geometric consistency").
 */
export class CandidateSearch {
  readonly #store: ImageStore;
  readonly #words: Uint16Array;
  readonly #index: WordIndex;
  readonly #votes: Votes;
  readonly #mostVotes: number;

  constructor(store: ImageStore, words: Uint16Array, index: WordIndex, votes = mostVotes) {
    this.#store = store;
    this.#words = words;
    this.#index = index;
    this.#votes = new Votes(store.count, Math.min(votes, 2 * mostKeypoints * mostHeard));
    this.#mostVotes = votes;
  }

  /** The `most` best candidates for an image, the best first; of equals those that come first in the store. */
  candidates(image: number, most: number): Candidate[] {
    const asked = this.#commonestAsked(image);
    this.#vote(image, false, asked);
    this.#vote(image, true, asked);
    return this.#votes.best(image, most);
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
      const from = this.#votes.count;
      for (let k = i * wordsPerKeypoint; k < (i + 1) * wordsPerKeypoint; k++) {
        const word = mirror ? mirrorWord(this.#words[k]!) : this.#words[k]!;
        if (this.#index.starts[word + 1]! - this.#index.starts[word]! > commonestAsked) continue;
        this.#hear(word, from + mostHeard, low, high, angle, size, mirror ? turns : 0);
      }
      this.#votes.shareOut(from);
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
    const { starts, entries } = this.#index;
    const votes = this.#votes;
    const { voters, bins, weights } = votes;
    let { count } = votes;
    const from = starts[word]!;
    const to = starts[word + 1]!;
    const all = entries.length / entryLength;
    const share = (to - from) / all;
    if (share > commonest.share && to - from > commonest.keypoints) return;
    // More than nothing however few keypoints there are.
    const rarity = Math.log((all + 2) / (to - from + 1)) ** 2;
    for (let at = from * entryLength; at < to * entryLength; at += entryLength) {
      const bits = bitCount(low ^ entries[at]!, high ^ entries[at + 1]!);
      if (bits > votingTolerance || count === most) continue;
      const look = entries[at + 3]!;
      const ratio = ratios[(look >> 8) - size + 255]!;
      if (ratio < 0) continue;
      const turn = (((look - angle) & 255) * turns) >> 8;
      voters[count] = entries[at + 2]!;
      bins[count] = binOf(base + turn, ratio);
      weights[count++] = rarity * nearness[bits]!;
    }
    votes.count = count;
  }
}
