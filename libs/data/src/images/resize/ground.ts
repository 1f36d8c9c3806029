import type { RgbImage } from '../rgb-image.ts';

/** A black rectangle of `width` x `height` pixels, and the place on it where an image's upper left corner lies. */
export interface Ground {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
}

/** That of an image which covers all of it. */
export function groundOf({ width, height }: RgbImage): Ground {
  return { width, height, left: 0, top: 0 };
}
