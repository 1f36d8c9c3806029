/** Which images belong together. */
export interface ImageGroups {
  /** The group of every image, by the sha256 of its file. */
  readonly groups: ReadonlyMap<string, string>;
  /** How sure it is that a group is one photograph, 0 to 1, by group; 1 for an image alone. */
  readonly confidence: ReadonlyMap<string, number>;
}

/** Two images, by the sha256 of their files, that may be copies. */
export interface OfferedPair {
  readonly a: string;
  readonly b: string;
  /** 0 to 1. */
  readonly confidence: number;
}

/** Photographs, and the scenes that several of them show. */
export interface DetectedImages extends ImageGroups {
  /** The scene of every image that shows one with an image of another photograph, by the sha256 of its file; see `joinScenes`. */
  readonly scenes: ReadonlyMap<string, string>;
  /** Pairs of images of different photographs that may be copies, but not surely enough to be taken for it; the surest first. */
  readonly offered: readonly OfferedPair[];
}
