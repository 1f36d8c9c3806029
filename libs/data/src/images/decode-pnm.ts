import { FormatError } from './format-error.ts';
import type { RgbImage } from './rgb-image.ts';

/** The signature and three numbers, parted by white space and comments, and one white space before the pixels. */
const header = /^P([56])(?:\s|#[^\n]*\n)+(\d+)(?:\s|#[^\n]*\n)+(\d+)(?:\s|#[^\n]*\n)+(\d+)\s/;

export function isPnm(bytes: Buffer): boolean {
  return /^P[56]\s/.test(bytes.toString('latin1', 0, 3));
}

/**
 * Decodes a binary PPM (P6) or PGM (P5) of 8 bits; libvips as sharp brings it reads none. Throws a FormatError that says what
 * else was found, or that the file ends early.
 */
export function decodePnm(bytes: Buffer): RgbImage {
  const match = header.exec(bytes.toString('latin1', 0, 1024));
  if (!match) throw new FormatError('the header cannot be read');
  const channels = match[1] === '6' ? 3 : 1;
  const [width, height, max] = [Number(match[2]), Number(match[3]), Number(match[4])];
  if (max !== 255) throw new FormatError(`PPM with values up to ${max}; save it as PNG`);
  const pixels = bytes.subarray(match[0].length, match[0].length + width * height * channels);
  if (width * height === 0 || pixels.length < width * height * channels) {
    throw new FormatError('truncated');
  }
  if (channels === 3) return { width, height, data: pixels };
  return {
    width,
    height,
    data: Uint8Array.from({ length: pixels.length * 3 }, (_, i) => pixels[Math.trunc(i / 3)]!),
  };
}
