import type { Sharp } from 'sharp';
import { sharp } from './sharp.ts';

/**
 * Colour profiles and EXIF orientation are passed over, as Pillow does; and of damage what libraries call an error counts: a warning is
 * given for what Pillow reads without a word, such as an unknown version of JFIF or stray bytes before a scan.
 */
const options = { ignoreIcc: true, failOn: 'error' } as const;

/** An image to be decoded by libvips, which refuses more than `limit` pixels. */
export function openSharp(bytes: Uint8Array, limit: number): Sharp {
  // libvips counts to 2^53 at most.
  return sharp(bytes, { ...options, limitInputPixels: Math.min(limit, Number.MAX_SAFE_INTEGER) });
}

/** RGB bytes, whatever the colours of the file, alpha dropped (not blended). */
export async function rgbBytes(image: Sharp) {
  return raw(image.removeAlpha().toColourspace('srgb').raw());
}

/** Bytes of cyan, magenta, yellow and black. */
export async function inkBytes(image: Sharp) {
  return raw(image.pipelineColourspace('cmyk').toColourspace('cmyk').raw());
}

/** Values of more than eight bits as they stand in the file. */
export async function deepValues(
  image: Sharp,
  space: 'grey16' | 'rgb16' | 'b-w' | 'cmyk',
  depth: 'ushort' | 'int' | 'float',
) {
  const { data, ...size } = await raw(image.removeAlpha().toColourspace(space).raw({ depth }));
  // A copy: numbers of several bytes need not begin where Node's buffers do.
  const { buffer } = Uint8Array.from(data);
  const Values = { ushort: Uint16Array, int: Int32Array, float: Float32Array }[depth];
  return { ...size, values: new Values(buffer) };
}

async function raw(image: Sharp) {
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}
