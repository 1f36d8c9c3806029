import sharp from 'sharp';
import { decodeRgb, reasonOf } from './decode.ts';
import type { RgbImage } from './rgb-image.ts';

/** What an image from somebody unknown may be. */
export interface ImageLimits {
  readonly bytes: number;
  /** Width times height. */
  readonly pixels: number;
}

/** Why bytes are not taken for an image: `message` is for whoever sent them. */
export class ImageRefused extends Error {
  override readonly name = 'ImageRefused';
  readonly reason: 'empty' | 'too-large' | 'unknown-type' | 'too-many-pixels' | 'damaged';

  constructor(reason: ImageRefused['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** First bytes of the formats that are taken; text formats such as SVG, which may ask for other files, are none of them. */
const signatures: Readonly<Record<string, RegExp>> = {
  JPEG: /^\xff\xd8\xff/,
  PNG: /^\x89PNG\r\n\x1a\n/,
  GIF: /^GIF8[79]a/,
  WebP: /^RIFF....WEBP/s,
  BMP: /^BM/,
  TIFF: /^(?:II\*\0|MM\0\*)/,
  PPM: /^P[56]\s/,
};

/** The formats that are taken, for messages. */
export const imageFormats = Object.keys(signatures);

/**
 * Decodes an image as `decodeRgb` does, after its size, its first bytes and the width and height that its header tells are
 * found within limits, so that neither a large file nor a small one that unpacks to a huge image is ever decoded. Of an animation
 * the first picture is taken. Rejects with ImageRefused.
 */
export async function decodeUntrusted(bytes: Buffer, limits: ImageLimits): Promise<RgbImage> {
  if (bytes.length === 0) throw new ImageRefused('empty', 'the file is empty');
  if (bytes.length > limits.bytes) {
    throw new ImageRefused(
      'too-large',
      `${megabytes(bytes.length)} MB; at most ${megabytes(limits.bytes)} MB are allowed`,
    );
  }
  const beginning = bytes.toString('latin1', 0, 16);
  const format = imageFormats.find((name) => signatures[name]!.test(beginning));
  if (format === undefined) {
    throw new ImageRefused(
      'unknown-type',
      `not an image of a known format; allowed: ${imageFormats.join(', ')}`,
    );
  }
  try {
    // The pixels of these two stand in the file as they are, so its size has limited them.
    if (format !== 'BMP' && format !== 'PPM')
      checkPixels(await sharp(bytes, { limitInputPixels: false }).metadata(), limits.pixels);
    const image = await decodeRgb(bytes);
    checkPixels(image, limits.pixels);
    return image;
  } catch (error) {
    if (error instanceof ImageRefused) throw error;
    throw new ImageRefused('damaged', `cannot be decoded: ${reasonOf(error)}`);
  }
}

function checkPixels({ width, height }: { width: number; height: number }, limit: number): void {
  if (width * height <= limit) return;
  const found = `${width.toLocaleString('en-US')} x ${height.toLocaleString('en-US')} pixels`;
  throw new ImageRefused(
    'too-many-pixels',
    `${found}; at most ${(limit / 1e6).toLocaleString('en-US')} million pixels are allowed`,
  );
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toLocaleString('en-US', { maximumFractionDigits: 1 });
}
