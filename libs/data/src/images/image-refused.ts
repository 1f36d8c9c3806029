import { formatOf, refusalOf, type ImageFormat } from './formats/image-format.ts';

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

/** The format that an encoded image's first bytes tell, if its size is allowed. Throws ImageRefused. */
export function checkEncoded(bytes: Uint8Array, { bytes: limit }: Pick<ImageLimits, 'bytes'>): ImageFormat {
  if (bytes.length === 0) throw new ImageRefused('empty', 'the file is empty');
  checkSize(bytes.length, limit);
  const format = formatOf(bytes);
  if (format === null) throw new ImageRefused('unknown-type', refusalOf(bytes));
  return format;
}

/** Throws ImageRefused for an encoded image of more bytes than allowed. */
export function checkSize(length: number, limit: number): void {
  if (length <= limit) return;
  throw new ImageRefused('too-large', `${megabytes(length)} MB; at most ${megabytes(limit)} MB are allowed`);
}

/** Throws ImageRefused for more pixels than allowed. */
export function checkPixels({ width, height }: { width: number; height: number }, limit: number): void {
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
