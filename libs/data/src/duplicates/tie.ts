/** What ties two images, or two groups, by their numbers. */
export interface Tie {
  readonly a: number;
  /** After `a`. */
  readonly b: number;
  /** 0 to 1. */
  readonly confidence: number;
}

/** A tie of two in whatever order they come. */
export function tieOf(one: number, other: number, confidence: number): Tie {
  return { a: Math.min(one, other), b: Math.max(one, other), confidence };
}
