import {
  checkEncoded,
  checkPixels,
  checkSize,
  ImageRefused,
  isPng16,
  jpegComponents,
  withoutJpegMetadata,
  type ImageFormat,
  type ImageLimits,
  type RgbImage,
} from '@thaw/data/browser';
import { imageSize } from 'image-size';

/**
 * Decodes an image to the pixels that the server's decoder gives, with the browser's own: colour profiles and orientation are
 * passed over. What browsers would change (inks, transparency, 16 bits, formats that few of them know) is refused as what is no
 * image within the limits. Rejects with ImageRefused.
 */
export async function decodeInBrowser(file: Blob, limits: ImageLimits): Promise<RgbImage> {
  checkSize(file.size, limits.bytes);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const format = checkEncoded(bytes, limits);
  if (format === 'TIFF' || format === 'PPM') throw onServerOnly(`is a ${format}`);
  checkPixels(sizeOf(bytes), limits.pixels);
  if (format === 'PNG' && isPng16(bytes)) throw onServerOnly('has 16 bits a value');
  if (format === 'JPEG' && jpegComponents(bytes) === 4) throw onServerOnly('is in four inks (CMYK)');
  const bitmap = await bitmapOf(bytes, format);
  try {
    return pixelsOf(bitmap);
  } finally {
    bitmap.close();
  }
}

function sizeOf(bytes: Uint8Array): { width: number; height: number } {
  try {
    return imageSize(bytes);
  } catch {
    throw damaged();
  }
}

async function bitmapOf(bytes: Uint8Array<ArrayBuffer>, format: ImageFormat): Promise<ImageBitmap> {
  const blob = new Blob(format === 'JPEG' ? withoutJpegMetadata(bytes) : [bytes]);
  try {
    return await createImageBitmap(blob, {
      colorSpaceConversion: 'none',
      imageOrientation: 'none',
      premultiplyAlpha: 'none',
    });
  } catch {
    throw damaged();
  }
}

function pixelsOf(bitmap: ImageBitmap): RgbImage {
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  context.drawImage(bitmap, 0, 0);
  const rgba = context.getImageData(0, 0, width, height).data;
  const data = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    if (rgba[from + 3] !== 255) throw onServerOnly('has transparent parts');
    data[to] = rgba[from]!;
    data[to + 1] = rgba[from + 1]!;
    data[to + 2] = rgba[from + 2]!;
  }
  return { width, height, data };
}

function damaged(): ImageRefused {
  return new ImageRefused('damaged', 'cannot be decoded: truncated or damaged');
}

function onServerOnly(what: string): ImageRefused {
  return new ImageRefused(
    'unknown-type',
    `${what}, which browsers do not show as it is; let the server compute`,
  );
}
