import type { RgbImage } from './rgb-image.ts';

/** An image with more than eight bits a value: rows of pixels, `width * height * channels` values, RGB or grey. */
export interface DeepImage {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly values: Uint16Array | Int32Array | Float32Array;
  /** `width * height * channels` bytes, where `values` cut to eight bits are not what Pillow makes of them. */
  readonly eightBits?: Uint8Array;
}

/** The least and the greatest value that something holds. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
}

export function isDeep(image: RgbImage | DeepImage): image is DeepImage {
  return 'values' in image;
}

/** The range of an image's values, NaN and infinities aside; null where there are no others. */
export function valueRange({ values }: DeepImage): ValueRange | null {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? { low, high } : null;
}

/**
 * Brings values to eight bits. With a range its ends become 0 and 255, what lies between is rounded, what lies beyond is cut off,
 * and NaN is 0. Without one, as Pillow's `convert('RGB')` does it: the high byte of 16 bits, other numbers cut off at 0 and 255 and
 * their fractions dropped. One difference: Pillow cuts 16-bit grey off at 255, too, which turns nearly everything white.
 */
export function toEightBits(image: DeepImage, range: ValueRange | null): RgbImage {
  const { width, height, channels } = image;
  const bytes = range ? scaled(image, range) : (image.eightBits ?? cut(image));
  if (channels === 3) return { width, height, data: bytes };
  const data = new Uint8Array(bytes.length * 3);
  for (let i = 0, to = 0; i < bytes.length; i++, to += 3) data.fill(bytes[i]!, to, to + 3);
  return { width, height, data };
}

function scaled({ values }: DeepImage, { low, high }: ValueRange): Uint8Array {
  const bytes = new Uint8Array(values.length);
  const width = high > low ? high - low : 1;
  for (let i = 0; i < bytes.length; i++) {
    const share = Math.min(Math.max((values[i]! - low) / width, 0), 1);
    bytes[i] = Math.floor(share * 255 + 0.5);
  }
  return bytes;
}

function cut({ values }: DeepImage): Uint8Array {
  if (values instanceof Uint16Array) return Uint8Array.from(values, (value) => value >> 8);
  return Uint8Array.from(values, (value) => Math.trunc(Math.min(Math.max(value, 0), 255)));
}
