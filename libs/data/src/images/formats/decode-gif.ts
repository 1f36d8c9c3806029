import { FormatError } from './format-error.ts';
import { gifIndices } from './gif-indices.ts';
import { checkPixels } from '../image-refused.ts';
import { colorTable, spread, type RgbImage } from '../rgb-image.ts';

/** Where interlaced rows begin, and how many rows lie between them. */
const passes = [
  [0, 8],
  [4, 8],
  [2, 4],
  [1, 2],
] as const;

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly interlaced: boolean;
  readonly colors: Uint8Array | null;
  /** Where the coded pixels begin. */
  readonly start: number;
}

/**
 * Decodes the first frame of a GIF as Pillow's `convert('RGB')` does: a transparent pixel has the colour that the palette gives it,
 * and what the frame leaves of the canvas has the transparent colour, or the first where there is none; a frame that reaches out
 * of the canvas makes it larger. libvips gives black for both. Throws a FormatError that says what is wrong, and
 * ImageRefused for more than `limit` pixels.
 */
export function decodeGif(bytes: Buffer, limit: number): RgbImage {
  const { frame, transparent, colors, canvas } = readFrame(bytes);
  const width = Math.max(canvas.width, frame.left + frame.width);
  const height = Math.max(canvas.height, frame.top + frame.height);
  if (frame.width === 0 || frame.height === 0) {
    throw new FormatError(`damaged: a GIF of ${frame.width} x ${frame.height} pixels`);
  }
  checkPixels({ width, height }, limit);
  const indices = gifIndices(bytes, frame.start, frame.width * frame.height);
  const all = new Uint8Array(width * height).fill(transparent ?? 0);
  rowsOf(frame).forEach((y, i) => {
    const row = indices.subarray(i * frame.width, (i + 1) * frame.width);
    all.set(row, (frame.top + y) * width + frame.left);
  });
  return spread(all, width, height, colorTable(frame.colors ?? colors ?? new Uint8Array()));
}

/** Everything before the first frame's pixels. */
function readFrame(bytes: Buffer) {
  if (bytes.length < 13) throw new FormatError('truncated');
  const canvas = { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  let at = 13;
  const table = (flags: number) => {
    if ((flags & 128) === 0) return null;
    const start = at;
    at += 3 << ((flags & 7) + 1);
    return bytes.subarray(start, at);
  };
  const colors = table(bytes[10]!);
  let transparent: number | null = null;
  while (at < bytes.length && bytes[at] !== 0x3b) {
    const block = bytes[at++];
    if (block === 0x2c) {
      if (at + 9 > bytes.length) break;
      const [left, top, width, height] = [0, 2, 4, 6].map((offset) => bytes.readUInt16LE(at + offset));
      const flags = bytes[at + 8]!;
      at += 9;
      const own = table(flags);
      const frame = { left, top, width, height, interlaced: (flags & 64) !== 0, colors: own, start: at };
      return { frame: frame as Frame, transparent, colors, canvas };
    }
    if (block !== 0x21) continue;
    const label = bytes[at++];
    if (label === 0xf9 && bytes[at]! >= 4 && (bytes[at + 1]! & 1) === 1) transparent = bytes[at + 4]!;
    while (at < bytes.length && bytes[at] !== 0) at += bytes[at]! + 1;
    at++;
  }
  throw new FormatError(at < bytes.length ? 'damaged: a GIF without a picture' : 'truncated');
}

/** The row of the frame that each row of its coded pixels is. */
function rowsOf({ height, interlaced }: Frame): number[] {
  if (!interlaced) return Array.from({ length: height }, (_, y) => y);
  return passes.flatMap(([first, step]) =>
    Array.from({ length: Math.max(0, Math.ceil((height - first) / step)) }, (_, i) => first + i * step),
  );
}
