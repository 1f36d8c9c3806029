import { BestCandidates, type Candidate } from './best-candidates.ts';

/** Turns that votes are counted apart for, of an image as it is and of its mirror image. */
export const turns = 12;
/** Ratios of sizes that votes are counted apart for. */
export const sizes = 6;
const bins = 2 * turns * sizes;
/** Images whose turns and sizes are told apart at a time: first about as many as have the most votes in all. */
const batch = 256;
const likeliest = 40;
/** Steps from no votes to the most that any image has. */
const steps = 256;

/** What a vote for an image is for: a turn (from `turns` on, of its mirror image) and a ratio of sizes. */
export function binOf(turn: number, size: number): number {
  return turn * sizes + size;
}

/** Votes of one search for images, each for a turn and a ratio of sizes, and the images that are the best by them. */
export class Votes {
  /**
   * Votes that were cast, the first `count`: the image that each is for, its bin (see `binOf`) and what it counts. Who casts one writes it here, as a
   * call for each would cost more than the vote; it counts for nothing until it is shared out.
   */
  readonly voters: Int32Array;
  readonly bins: Uint8Array;
  readonly weights: Float64Array;
  count = 0;
  /** Votes for each image, zero between searches; for these the first `#touchedCount` images there are some. */
  readonly #totals: Float32Array;
  readonly #touched: Uint32Array;
  #touchedCount = 0;
  /** Of each image its row in `#ofBins` plus one, or zero; votes for some images by their bins. */
  readonly #rows: Uint16Array;
  readonly #ofBins = new Float32Array(batch * bins);

  /** Room for so many votes for images from 0 to before `images`. */
  constructor(images: number, most: number) {
    this.voters = new Int32Array(most);
    this.bins = new Uint8Array(most);
    this.weights = new Float64Array(most);
    this.#totals = new Float32Array(images);
    this.#touched = new Uint32Array(images);
    this.#rows = new Uint16Array(images);
  }

  /** Shares out the votes of one keypoint, from the vote `from` on: the more images have the like, the less each gets of it. */
  shareOut(from: number): void {
    const share = 1 / Math.sqrt(this.count - from + 2);
    const [voters, weights, totals] = [this.voters, this.weights, this.#totals];
    for (let i = from; i < this.count; i++) {
      const image = voters[i]!;
      const weight = (weights[i]! *= share);
      if (totals[image] === 0) this.#touched[this.#touchedCount++] = image;
      totals[image]! += weight;
    }
  }

  /** The `most` best images but for `own`, the best first, of equals those with the lowest numbers. Takes all votes back. */
  best(own: number, most: number): Candidate[] {
    // No score is above the total, so that few images have to be scored once the best are known.
    const bound = this.#totalOf(likeliest);
    const found = new BestCandidates(most);
    this.#score(own, found, bound, Infinity);
    this.#score(own, found, 0, bound);
    for (let i = 0; i < this.#touchedCount; i++) this.#totals[this.#touched[i]!] = 0;
    this.#touchedCount = 0;
    this.count = 0;
    return found.candidates;
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
  #score(own: number, found: BestCandidates, least: number, below: number): void {
    const some: number[] = [];
    const scoreSome = () => {
      if (some.length === 0) return;
      this.#countBins(some);
      for (const [row, other] of some.entries())
        found.add({ image: other, score: bestOf(this.#ofBins, row) });
      some.length = 0;
    };
    for (let i = 0; i < this.#touchedCount; i++) {
      const other = this.#touched[i]!;
      const total = this.#totals[other]!;
      if (other !== own && total >= Math.max(least, found.worst) && total < below) some.push(other);
      if (some.length === batch) scoreSome();
    }
    scoreSome();
  }

  /** Counts the votes of some images by their bins, a row of `#ofBins` for each. */
  #countBins(images: readonly number[]): void {
    const votes = this.#ofBins.fill(0, 0, images.length * bins);
    const [rows, voters, binOfVote, weights] = [this.#rows, this.voters, this.bins, this.weights];
    for (const [row, image] of images.entries()) rows[image] = row + 1;
    for (let i = 0; i < this.count; i++) {
      const row = rows[voters[i]!]! - 1;
      if (row >= 0) votes[row * bins + binOfVote[i]!]! += weights[i]!;
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
