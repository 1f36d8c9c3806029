import sharp from 'sharp';
import { decodeBmp, isBmp } from './decode-bmp.ts';
import { decodePnm, isPnm } from './decode-pnm.ts';
import { FormatError } from './format-error.ts';
import { jpegComponents } from './jpeg-segments.ts';
import type { RgbImage } from './rgb-image.ts';

// Images are decoded many at a time, so threads inside one image only cost; each file is read once, so nothing is kept.
sharp.concurrency(1);
sharp.cache(false);

/** Names the decoder in records of what it could read. */
export const decoderVersion = `sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}`;

/** Colour profiles and EXIF orientation are passed over, as Pillow does; a warning counts as an error (sharp's default). */
const options = { ignoreIcc: true, failOn: 'warning' } as const;

/** Decodes the first image of a file to its last row; null when that works, else the reason in a few words. */
export async function decodingProblem(bytes: Buffer): Promise<string | null> {
  if (bytes.length === 0) return 'the file is empty';
  try {
    if (isBmp(bytes)) decodeBmp(bytes);
    else if (isPnm(bytes)) decodePnm(bytes);
    else await sharp(bytes, options).raw().toBuffer();
    return null;
  } catch (error) {
    return `cannot be decoded: ${reasonOf(error)}`;
  }
}

/** In our words: libvips keeps one text for all threads, so its details may be those of another image. */
export function reasonOf(error: unknown): string {
  if (error instanceof FormatError) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  if (message.includes('unsupported image format')) return 'not an image of a known format';
  if (message.includes('pixel limit')) return 'more than 268 million pixels';
  return 'truncated or damaged';
}

/**
 * Decodes an image as Pillow's `open(path).convert('RGB')` does: grey and palettes spread to RGB, alpha dropped (not
 * blended), the high byte of 16 bits, CMYK by the plain formula. One difference: Pillow cuts 16-bit grey off at 255,
 * which turns nearly everything white; here it is the high byte, as in 16-bit colour. Rejects when the file is damaged.
 */
export async function decodeRgb(bytes: Buffer): Promise<RgbImage> {
  if (isBmp(bytes)) return decodeBmp(bytes);
  if (isPnm(bytes)) return decodePnm(bytes);
  const image = sharp(bytes, options);
  const isCmyk = mayBeCmyk(bytes) && (await image.metadata()).space === 'cmyk';
  const toRaw = isCmyk
    ? image.pipelineColourspace('cmyk').toColourspace('cmyk')
    : image.removeAlpha().toColourspace('srgb');
  const { data, info } = await toRaw.raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return { width, height, data: isCmyk ? cmykToRgb(data) : data };
}

/** Whether the bytes may hold four inks: asking libvips costs an eighth of decoding a small photograph. */
function mayBeCmyk(bytes: Buffer): boolean {
  if (bytes.length > 8 && bytes.readUInt32BE(0) === 0x89504e47) return false;
  const components = jpegComponents(bytes);
  return components === null || components === 4;
}

/** Pillow's `cmyk2rgb`: (255 - k) - c (255 - k) / 255 for each colour, the quotient rounded in integers. */
function cmykToRgb(cmyk: Uint8Array): Uint8Array {
  const pixels = cmyk.length / 4;
  const rgb = new Uint8Array(pixels * 3);
  for (let i = 0; i < pixels; i++) {
    const light = 255 - cmyk[i * 4 + 3]!;
    for (let c = 0; c < 3; c++) {
      const product = cmyk[i * 4 + c]! * light + 128;
      rgb[i * 3 + c] = light - (((product >> 8) + product) >> 8);
    }
  }
  return rgb;
}
