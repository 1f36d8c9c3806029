/** Which images come from one photograph. */
export interface DetectedGroups {
  /** Index of the group of each image, in the order given; groups are numbered by their first image. */
  readonly groups: readonly number[];
  /**
   * How sure it is that each group is one photograph, 0 to 1: as sure as its weakest joint. 1 for an image alone. It weighs how many
   * keypoints and pixels agree and orders groups by that; it is no calibrated probability.
   */
  readonly confidence: readonly number[];
  /** The pairs of images that tie the groups together, `a < b`, in order. */
  readonly links: readonly { a: number; b: number; confidence: number }[];
  /** Pairs of groups, `a < b`, that are two photographs of one field: alike where they overlap, but not copies. */
  readonly sharedFields: readonly { a: number; b: number; confidence: number }[];
}

export type DetectionPhase = 'describing images' | 'finding candidates' | 'comparing images';

export interface DetectOptions {
  readonly cacheDir: string;
  readonly onProgress?: (phase: DetectionPhase, done: number, total: number) => void;
  readonly signal?: AbortSignal;
}
