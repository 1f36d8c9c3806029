import type { Tie } from './tie.ts';

/** Which images come from one photograph. */
export interface DetectedGroups {
  /** Index of the group of each image, in the order given; groups are numbered by their first image. */
  readonly groups: readonly number[];
  /**
   * How sure it is that each group is one photograph, 0 to 1: as sure as its weakest joint. 1 for an image alone. How many of the
   * links that are said to be so sure are true is printed by `npx tsx bench/duplicates.ts kinds hands`.
   */
  readonly confidence: readonly number[];
  /** The pairs of images that tie the groups together, `a < b`, in order. */
  readonly links: readonly Tie[];
  /**
   * Pairs of images, `a < b`, in different groups that may be copies, but not surely enough to be taken for it: none that is known to be
   * of two photographs. How many of them are true is printed by the same bench.
   */
  readonly offered: readonly Tie[];
  /**
   * Pairs of groups, `a < b`, that show one scene or field but are two photographs: frames of one camera, views that overlap. The
   * confidence is the share of what both show that is the same.
   */
  readonly sharedFields: readonly Tie[];
}

export type DetectionPhase = 'describing images' | 'finding candidates' | 'comparing images';

export interface DetectOptions {
  readonly cacheDir: string;
  readonly onProgress?: (phase: DetectionPhase, done: number, total: number) => void;
  readonly signal?: AbortSignal;
}
