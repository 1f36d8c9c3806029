import { decodeBmp } from './formats/decode-bmp.ts';
import { decodeGif } from './formats/decode-gif.ts';
import { decodePnm } from './formats/decode-pnm.ts';
import { decodeTiff } from './formats/decode-tiff.ts';
import { isDeep, toEightBits, type DeepImage, type ValueRange } from './deep-image.ts';
import { FormatError } from './formats/format-error.ts';
import type { ImageFormat } from './formats/image-format.ts';
import { checkEncoded, ImageRefused } from './image-refused.ts';
import { inksToRgb } from './formats/inks-to-rgb.ts';
import { jpegComponents } from './formats/jpeg-segments.ts';
import { isPng16 } from './formats/is-png-16.ts';
import { pngProblem } from './formats/png-problem.ts';
import type { RgbImage } from './rgb-image.ts';
import { deepValues, inkBytes, openSharp, rgbBytes } from './sharp-pixels.ts';
import { sharpVersions } from './sharp.ts';

/** Raise this whenever a file would be read otherwise, or something else said of it. */
const readingVersion = 3;

/** Names the decoder in records of what it could read. */
export function decoderVersion(): string {
  const { sharp, vips } = sharpVersions();
  return `sharp ${sharp}, libvips ${vips}, reading ${readingVersion}`;
}

/** Pillow's, beyond which it takes a file for a decompression bomb. */
const mostPixels = 178_956_970;

type Decoder = (bytes: Buffer, limit: number) => RgbImage | DeepImage | Promise<RgbImage | DeepImage>;

const decoders: Record<ImageFormat, Decoder> = {
  JPEG: decodeJpeg,
  PNG: decodePng,
  GIF: decodeGif,
  WebP: async (bytes, limit) => rgbBytes(openSharp(bytes, limit)),
  BMP: decodeBmp,
  TIFF: decodeTiff,
  PPM: decodePnm,
};

/**
 * Decodes the first image of a file as Pillow's `open(path)` does, with all the bits that it holds. Rejects with a FormatError or
 * ImageRefused that says what the file is instead, and with others when it is damaged: `reasonOf` puts them in words.
 */
export async function decode(bytes: Buffer, limit = mostPixels): Promise<RgbImage | DeepImage> {
  const format = checkEncoded(bytes, { bytes: Infinity });
  return decoders[format](bytes, limit);
}

/**
 * Decodes an image as Pillow's `open(path).convert('RGB')` does: grey and palettes spread to RGB, alpha dropped (not
 * blended), CMYK by the plain formula; more than eight bits by a range, or as `toEightBits` says without one. Rejects as `decode`.
 */
export async function decodeRgb(bytes: Buffer, range: ValueRange | null = null): Promise<RgbImage> {
  const image = await decode(bytes);
  return isDeep(image) ? toEightBits(image, range) : image;
}

/** In our words: libvips keeps one text for all threads, so its details may be those of another image. */
export function reasonOf(error: unknown): string {
  if (error instanceof ImageRefused && error.reason === 'empty') return error.message;
  if (error instanceof FormatError || error instanceof ImageRefused)
    return `cannot be decoded: ${error.message}`;
  if (exceedsLimit(error)) {
    return `cannot be decoded: more than ${Math.round(mostPixels / 1e6)} million pixels`;
  }
  return 'cannot be decoded: truncated or damaged';
}

/** Whether libvips has refused an image for its pixels. */
export function exceedsLimit(error: unknown): boolean {
  return error instanceof Error && error.message.includes('pixel limit');
}

async function decodeJpeg(bytes: Buffer, limit: number): Promise<RgbImage> {
  const image = openSharp(bytes, limit);
  if (jpegComponents(bytes) !== 4) return rgbBytes(image);
  const { data, ...size } = await inkBytes(image);
  return { ...size, data: inksToRgb(data) };
}

async function decodePng(bytes: Buffer, limit: number): Promise<RgbImage | DeepImage> {
  const problem = pngProblem(bytes);
  if (problem !== null) throw new FormatError(problem);
  const image = openSharp(bytes, limit);
  if (!isPng16(bytes)) return rgbBytes(image);
  const isGrey = (bytes[25]! & 2) === 0;
  return {
    channels: isGrey ? 1 : 3,
    ...((await deepValues(image, isGrey ? 'grey16' : 'rgb16', 'ushort')) as Omit<DeepImage, 'channels'>),
  };
}
