import { isDeep, valueRange, type DeepImage, type ValueRange } from '../images/deep-image.ts';
import type { RgbImage } from '../images/rgb-image.ts';

/** The values of an image with more than eight bits. */
export interface DeepLook extends ValueRange {
  /** Whether they are unsigned numbers of 16 bits; else they are larger, signed or floating-point ones. */
  readonly sixteenBits: boolean;
}

/** What is to be said of a whole image; null of most. */
export type ImageLook = 'of one colour' | 'nearly black' | DeepLook | null;

/** An eighth of the way from black to white. */
const dark = 32;
/** Grey levels of 256 below which a picture has lost what it showed. */
const fewLevels = 64;

/** Mostly the first few pixels tell that there is nothing to say. */
export function lookOf(image: RgbImage | DeepImage): ImageLook {
  if (isDeep(image)) {
    const range = valueRange(image);
    // Nothing but NaN and infinities: it has no part in the range of others.
    if (range === null) return 'of one colour';
    return { ...range, sixteenBits: image.values instanceof Uint16Array };
  }
  const { data } = image;
  let isBright = false;
  let isVaried = false;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value >= dark) isBright = true;
    if (value !== data[i % 3]) isVaried = true;
    if (isBright && isVaried) return null;
  }
  return isVaried ? 'nearly black' : 'of one colour';
}

/** What is left to say of an image with more than eight bits once all are scaled by a range; null is as Pillow reads them. */
export function lookOfDeep(
  { low, high, sixteenBits }: DeepLook,
  range: ValueRange | null,
): 'of one colour' | 'nearly black' | 'lost in eight bits' | null {
  if (low === high) return 'of one colour';
  if (range !== null) {
    return ((high - range.low) / (range.high - range.low)) * 255 < dark ? 'nearly black' : null;
  }
  const isLost = sixteenBits
    ? high - low < fewLevels * 256
    : low < -0.5 || high > 255.5 || high - low < fewLevels;
  return isLost ? 'lost in eight bits' : null;
}
