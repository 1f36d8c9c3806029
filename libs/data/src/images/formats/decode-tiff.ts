import type { Sharp } from 'sharp';
import type { DeepImage } from '../deep-image.ts';
import { FormatError } from './format-error.ts';
import { checkPixels } from '../image-refused.ts';
import { inksToRgb } from './inks-to-rgb.ts';
import type { RgbImage } from '../rgb-image.ts';
import { deepValues, inkBytes, openSharp, rgbBytes } from '../sharp-pixels.ts';
import { tiffLayout, type TiffLayout } from './tiff-layout.ts';
import { TiffTags } from './tiff-tags.ts';
import { turned } from '../turn.ts';

/**
 * Decodes the first picture of a TIFF as Pillow does, turned by its Orientation tag: libvips unpacks the values, what they mean is
 * told here. Throws a FormatError with the right name of what Pillow does not read, and ImageRefused for more than `limit`
 * pixels; rejects when the file is damaged.
 */
export async function decodeTiff(bytes: Buffer, limit: number): Promise<RgbImage | DeepImage> {
  const tags = new TiffTags(bytes);
  const layout = tiffLayout(tags);
  checkPixels(layout, limit);
  const { kind, changes, orientation, width, height } = layout;
  // libvips would take memory for all pixels before it looks for any.
  if (layout.bytes > bytes.length) throw new FormatError('truncated');
  const image = openSharp(changes.size > 0 ? tags.patched(changes) : bytes, limit);
  if (kind === 'bytes' || kind === 'inks' || kind === 'inks16') {
    const data = await rgbOf(image, kind);
    checkLength(data, width * height * 3);
    const { values, ...size } = turned(new Uint8Array(data), layout, 3, orientation);
    return { ...size, data: values };
  }
  const values = await valuesOf(image, kind);
  const channels = kind === 'rgb16' ? 3 : 1;
  checkLength(values, width * height * channels);
  return { channels, ...turned(values, layout, channels, orientation) };
}

async function rgbOf(image: Sharp, kind: 'bytes' | 'inks' | 'inks16'): Promise<Uint8Array> {
  if (kind === 'bytes') return (await rgbBytes(image)).data;
  if (kind === 'inks') return inksToRgb((await inkBytes(image)).data);
  const { values } = await deepValues(image.pipelineColourspace('cmyk'), 'cmyk', 'ushort');
  return inksToRgb(Uint8Array.from(values, (value) => value >> 8));
}

async function valuesOf(
  image: Sharp,
  kind: Exclude<TiffLayout['kind'], 'bytes' | 'inks' | 'inks16'>,
): Promise<DeepImage['values']> {
  if (kind === 'float32') return (await deepValues(image, 'b-w', 'float')).values;
  if (kind === 'int32') return (await deepValues(image, 'b-w', 'int')).values;
  const { values } = await deepValues(image, kind === 'rgb16' ? 'rgb16' : 'grey16', 'ushort');
  return kind === 'int16' ? Int32Array.from(values, (value) => (value << 16) >> 16) : values;
}

/** A damaged directory may hold a tag twice, of which libtiff takes the other. */
function checkLength({ length }: ArrayLike<number>, expected: number): void {
  if (length !== expected) throw new FormatError('damaged: a TIFF whose size is told in two ways');
}
