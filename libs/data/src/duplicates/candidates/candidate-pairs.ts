import type { Pair } from '../verify/verify-pair.ts';
import type { Lookalike } from './lookalikes.ts';

/** Candidates of each image that are compared by the end of each round. Those that look alike as wholes are in the last. */
export const rounds = [1, 2, 3, 6, 10] as const;
export const mostCandidates = rounds.at(-1)!;
/** Images that look alike as wholes which are compared with each. */
export const mostLookalikes = 4;

/** Pairs of images that may be copies, in rounds: a later one leaves out pairs that are together by then. */
export class CandidatePairs {
  readonly #candidates: readonly (readonly number[])[];
  readonly #lookalikes: readonly (readonly Lookalike[])[];
  readonly #tried = new Set<number>();

  constructor(candidates: readonly (readonly number[])[], lookalikes: readonly (readonly Lookalike[])[]) {
    this.#candidates = candidates;
    this.#lookalikes = lookalikes;
  }

  /** Every pair once over all rounds, `a < b`. */
  inRound(round: number, areTogether: (a: number, b: number) => boolean): Pair[] {
    const pairs: Pair[] = [];
    const add = (image: number, other: number) => {
      if (areTogether(image, other)) return;
      const [a, b] = image < other ? [image, other] : [other, image];
      const key = a * this.#candidates.length + b;
      if (this.#tried.has(key)) return;
      this.#tried.add(key);
      pairs.push({ a, b, lookalike: this.#lookalike(a, b) });
    };
    for (const [image, found] of this.#candidates.entries()) {
      for (const other of found.slice(rounds[round - 1] ?? 0, rounds[round])) add(image, other);
      if (round < rounds.length - 1) continue;
      for (const { image: other } of this.#lookalikes[image]!) add(image, other);
    }
    return pairs;
  }

  #lookalike(a: number, b: number): Pair['lookalike'] {
    return (
      this.#lookalikes[a]!.find(({ image }) => image === b) ??
      this.#lookalikes[b]!.find(({ image }) => image === a)
    );
  }
}
