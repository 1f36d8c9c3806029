/** An image that may show the same photograph, and by how much it looks so. */
export interface Candidate {
  readonly image: number;
  readonly score: number;
}

/** The `most` best of candidates that come in any order, the best first; of equals those that come first in the store. */
export class BestCandidates {
  readonly candidates: Candidate[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** What the score of another one must reach. */
  get worst(): number {
    return this.candidates.length < this.#most ? 0 : this.candidates.at(-1)!.score;
  }

  add(candidate: Candidate): void {
    const { candidates } = this;
    if (candidate.score < this.worst) return;
    candidates.push(candidate);
    candidates.sort((a, b) => b.score - a.score || a.image - b.image);
    if (candidates.length > this.#most) candidates.pop();
  }
}
