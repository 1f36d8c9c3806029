import { runLengthIndices } from './bmp-run-length.ts';
import { FormatError, notRead } from './format-error.ts';
import { checkPixels } from '../image-refused.ts';
import { colorTable, spread, type RgbImage } from '../rgb-image.ts';

const [plain, runLength8, runLength4, bitFields] = [0, 1, 2, 3];
/** The sizes of headers of OS/2, which alone is 12, and of Windows. */
const headerSizes = [12, 40, 52, 56, 64, 108, 124];
/** Masks of red, green, blue and alpha that Pillow knows, by bits. */
const knownMasks: Readonly<Record<number, readonly string[]>> = {
  16: ['f800,7e0,1f', '7c00,3e0,1f'],
  24: ['ff0000,ff00,ff'],
  32: [
    'ff0000,ff00,ff,0',
    'ff0000,ff00,ff,ff000000',
    'ff000000,ff0000,ff00,0',
    'ff000000,ff0000,ff00,ff',
    'ff000000,ff00,ff,0',
    'ff000000,ff00,ff,ff0000',
    'ff,ff00,ff0000,ff000000',
    '0,0,0,0',
  ],
};
const usualOrder = [2, 1, 0];

interface Header {
  readonly width: number;
  readonly height: number;
  readonly topDown: boolean;
  readonly bits: number;
  readonly compression: number;
  readonly colors: number;
  /** Bytes of a colour in the palette, and where the palette begins. */
  readonly colorBytes: 3 | 4;
  readonly palette: number;
  /** Where the pixels begin. */
  readonly start: number;
}

/**
 * Decodes a Windows or OS/2 bitmap as Pillow does, alpha dropped: 1, 4 and 8 bits by palette, run-length coded or not, 16, 24 and 32
 * bits. libvips as sharp brings it reads none. Throws a FormatError that says what else was found, or that the file ends
 * early, and ImageRefused for more than `limit` pixels.
 */
export function decodeBmp(bytes: Buffer, limit: number): RgbImage {
  const header = readHeader(bytes);
  const { width, height, bits, compression } = header;
  if (width <= 0 || height <= 0) throw new FormatError(`damaged: a BMP of ${width} x ${height} pixels`);
  checkPixels(header, limit);
  if (compression === runLength8 || compression === runLength4) {
    if (bits > 8) throw unknown(header);
    const indices = runLengthIndices(bytes, header, compression === runLength4);
    return upright(spread(indices, width, height, colorsOf(bytes, header)), header.topDown);
  }
  if (compression !== plain && compression !== bitFields) throw unknown(header);
  const stride = Math.ceil((width * bits) / 32) * 4;
  const rowBytes = Math.ceil((width * bits) / 8);
  if (bytes.length < header.start + stride * (height - 1) + rowBytes) throw new FormatError('truncated');
  const rows = bytes.subarray(header.start);
  if (compression === plain && [1, 4, 8].includes(bits)) {
    const indices = unpack(rows, width, height, bits, stride);
    return upright(spread(indices, width, height, colorsOf(bytes, header)), header.topDown);
  }
  return upright({ width, height, data: directColors(rows, header, stride, bytes) }, header.topDown);
}

function readHeader(bytes: Buffer): Header {
  if (bytes.length < 26) throw new FormatError('truncated');
  const size = bytes.readUInt32LE(14);
  if (!headerSizes.includes(size)) throw notRead(`BMP with a header of ${size} bytes`);
  if (bytes.length < 14 + size) throw new FormatError('truncated');
  const start = bytes.readUInt32LE(10);
  const isOs2 = size === 12;
  const bits = bytes.readUInt16LE(isOs2 ? 24 : 28);
  const compression = isOs2 ? plain : bytes.readUInt32LE(30);
  const colors = (isOs2 ? 0 : bytes.readUInt32LE(46)) || 2 ** bits;
  const colorBytes = isOs2 ? 3 : 4;
  const topDown = !isOs2 && bytes[25] === 0xff;
  return {
    width: isOs2 ? bytes.readUInt16LE(18) : bytes.readInt32LE(18),
    height: isOs2 ? bytes.readUInt16LE(20) : Math.abs(bytes.readInt32LE(22)),
    topDown,
    bits,
    compression: compression!,
    colors,
    colorBytes,
    palette: 14 + size,
    // Some writers leave the palette out of the count.
    start: start + (start === 14 + size && bits <= 8 ? colorBytes * colors : 0),
  };
}

function colorsOf(bytes: Buffer, { palette, colors, colorBytes }: Header): Uint8Array {
  if (colors > 65_536) throw new FormatError(`damaged: a BMP with ${colors} colours`);
  const held = Math.max(0, Math.trunc((bytes.length - palette) / colorBytes));
  const count = Math.min(colors, held, 256);
  return colorTable(
    Uint8Array.from(
      { length: count * 3 },
      (_, i) => bytes[palette + Math.trunc(i / 3) * colorBytes + 2 - (i % 3)]!,
    ),
  );
}

function unpack(rows: Buffer, width: number, height: number, bits: number, stride: number): Uint8Array {
  const indices = new Uint8Array(width * height);
  const mask = 2 ** bits - 1;
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to++) {
      const bit = x * bits;
      indices[to] = (rows[y * stride + (bit >> 3)]! >> (8 - bits - (bit & 7))) & mask;
    }
  }
  return indices;
}

/** Pixels that say their colour themselves. */
function directColors(rows: Buffer, header: Header, stride: number, bytes: Buffer): Uint8Array {
  const { width, height, bits } = header;
  const data = new Uint8Array(width * height * 3);
  const read = pixelReader(header, bytes);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 3) read(rows, y * stride + (x * bits) / 8, data, to);
  }
  return data;
}

type PixelReader = (rows: Buffer, at: number, data: Uint8Array, to: number) => void;

function pixelReader(header: Header, bytes: Buffer): PixelReader {
  const { bits } = header;
  const masks = header.compression === bitFields ? masksOf(bytes, header) : null;
  const words = masks?.slice(0, bits === 32 ? 4 : 3).map((mask) => mask.toString(16));
  if (![16, 24, 32].includes(bits) || (words && !knownMasks[bits]!.includes(words.join()))) {
    throw unknown(header, words);
  }
  if (bits === 16) return wordReader(words?.[1] === '7e0' ? 6 : 5);
  const isUsual = bits === 24 || !masks || masks[0] === 0;
  const [red, green, blue] = isUsual ? usualOrder : masks.map((mask) => Math.log2(mask / 255) / 8);
  return (rows, at, data, to) => {
    data[to] = rows[at + red!]!;
    data[to + 1] = rows[at + green!]!;
    data[to + 2] = rows[at + blue!]!;
  };
}

/** Red, green, blue and alpha; a header of less than 56 bytes has no place for alpha's. */
function masksOf(bytes: Buffer, { palette }: Header): number[] {
  if (bytes.length < 66) throw new FormatError('truncated');
  return [54, 58, 62, 66].map((at) => (at === 66 && palette < 14 + 56 ? 0 : bytes.readUInt32LE(at)));
}

/** Pixels of 16 bits: five of red, some of green and five of blue. */
function wordReader(greenBits: 5 | 6): PixelReader {
  const green = 2 ** greenBits - 1;
  return (rows, at, data, to) => {
    const value = rows.readUInt16LE(at);
    data[to] = Math.trunc((((value >> (5 + greenBits)) & 31) * 255) / 31);
    data[to + 1] = Math.trunc((((value >> 5) & green) * 255) / green);
    data[to + 2] = Math.trunc(((value & 31) * 255) / 31);
  };
}

function unknown({ bits, compression }: Header, masks?: readonly string[]): FormatError {
  const layout = masks === undefined ? '' : ` and masks ${masks.join(', ')}`;
  return notRead(`BMP of ${bits} bits with compression ${compression}${layout}`);
}

/** Turns over, in place, rows as they stand in the file, mostly from the bottom up. */
function upright(image: RgbImage, topDown: boolean): RgbImage {
  if (topDown) return image;
  const { width, height, data } = image;
  const row = width * 3;
  for (let y = 0; y < height - 1 - y; y++) {
    const above = data.slice(y * row, (y + 1) * row);
    data.copyWithin(y * row, (height - 1 - y) * row, (height - y) * row);
    data.set(above, (height - 1 - y) * row);
  }
  return image;
}
