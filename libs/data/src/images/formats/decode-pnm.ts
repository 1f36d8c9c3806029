import type { DeepImage } from '../deep-image.ts';
import { FormatError } from './format-error.ts';
import { checkPixels } from '../image-refused.ts';
import { PnmReader } from './pnm-reader.ts';
import { greyRamp, spread, type RgbImage } from '../rgb-image.ts';

/** Python's `round`: to the nearest whole number, of two equally near to the even one. */
function round(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

/**
 * Decodes a file of the Netpbm family as Pillow does: bits, grey and colour, plain (P1 to P3) or raw (P4 to P6), with any maximum to
 * 65,535, and grey floating-point maps (Pf). Values are brought to 0 to 255, grey above eight bits to 0 to 65,535. libvips as
 * sharp brings it reads none. Throws a FormatError that says what else was found, or that the file ends early, and
 * ImageRefused for more than `limit` pixels.
 */
export function decodePnm(bytes: Buffer, limit: number): RgbImage | DeepImage {
  const reader = new PnmReader(bytes);
  const kind = bytes.toString('latin1', 1, 2);
  const [width, height] = [reader.number('width'), reader.number('height')];
  if (width === 0 || height === 0) throw new FormatError(`damaged: a PPM of ${width} x ${height} pixels`);
  checkPixels({ width, height }, limit);
  const count = width * height;
  if (kind === '1' || kind === '4') {
    const bits = kind === '1' ? reader.plainBits(count) : reader.rawBits(width, height);
    return spread(
      bits.map((bit) => (bit ? 0 : 255)),
      width,
      height,
      greyRamp,
    );
  }
  if (kind === 'f') return { width, height, channels: 1, values: reader.floats(width, height) };
  const max = reader.number('maximum');
  if (max === 0 || max > 65_535) throw new FormatError(`damaged: a PPM with values up to ${max}`);
  const channels = kind === '3' || kind === '6' ? 3 : 1;
  const isPlain = kind === '2' || kind === '3';
  const numbers = isPlain
    ? reader.plainNumbers(count * channels, max)
    : reader.rawNumbers(count * channels, max);
  const to = (top: number) => (value: number) => Math.min(top, round((value / max) * top));
  if (max > 255) {
    const values = Uint16Array.from(numbers, to(65_535));
    return channels === 1
      ? { width, height, channels, values }
      : { width, height, channels, values, eightBits: Uint8Array.from(numbers, to(255)) };
  }
  const data = numbers instanceof Uint8Array && max === 255 ? numbers : Uint8Array.from(numbers, to(255));
  return channels === 3 ? { width, height, data } : spread(data, width, height, greyRamp);
}
