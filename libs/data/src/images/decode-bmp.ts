import { FormatError } from './format-error.ts';
import type { RgbImage } from './rgb-image.ts';

/** BI_RGB, and BI_BITFIELDS, which 32-bit writers use with the same order of bytes. */
const uncompressed = 0;
const bitFields = 3;

export function isBmp(bytes: Buffer): boolean {
  return bytes.length > 2 && bytes.toString('latin1', 0, 2) === 'BM';
}

/**
 * Decodes an uncompressed Windows bitmap of 8 (palette), 24 or 32 bits a pixel, alpha dropped; libvips as sharp brings it
 * reads none. Throws a FormatError that says what else was found, or that the file ends early.
 */
export function decodeBmp(bytes: Buffer): RgbImage {
  if (bytes.length < 54) throw new FormatError('truncated');
  const headerSize = bytes.readUInt32LE(14);
  const width = bytes.readInt32LE(18);
  const height = Math.abs(bytes.readInt32LE(22));
  const bits = bytes.readUInt16LE(28);
  const compression = bytes.readUInt32LE(30);
  const plain = compression === uncompressed || (compression === bitFields && bits === 32);
  if (headerSize < 40 || !plain || ![8, 24, 32].includes(bits) || width <= 0 || height === 0) {
    throw new FormatError(`BMP of ${bits} bits with compression ${compression}; save it as PNG`);
  }
  const topDown = bytes.readInt32LE(22) < 0;
  const start = bytes.readUInt32LE(10);
  const stride = Math.ceil((width * bits) / 32) * 4;
  if (bytes.length < start + stride * height) throw new FormatError('truncated');
  const palette = 14 + headerSize;
  const data = new Uint8Array(width * height * 3);
  let to = 0;
  for (let y = 0; y < height; y++) {
    const row = start + stride * (topDown ? y : height - 1 - y);
    for (let x = 0; x < width; x++, to += 3) {
      const from = bits === 8 ? palette + bytes[row + x]! * 4 : row + (x * bits) / 8;
      data[to] = bytes[from + 2]!;
      data[to + 1] = bytes[from + 1]!;
      data[to + 2] = bytes[from]!;
    }
  }
  return { width, height, data };
}
