import type { DeepImage } from './deep-image.ts';
import { checkPixels } from './image-refused.ts';
import { inksToRgb } from './inks-to-rgb.ts';
import type { RgbImage } from './rgb-image.ts';
import { deepValues, inkBytes, openSharp, rgbBytes } from './sharp-pixels.ts';
import { tiffLayout, type TiffLayout } from './tiff-layout.ts';
import { TiffTags } from './tiff-tags.ts';
import { turned } from './turn.ts';

/**
 * Decodes the first picture of a TIFF as Pillow does, turned by its Orientation tag: libvips unpacks the values, what they mean is
 * told here. Throws a FormatError with the right name of what Pillow does not read, and ImageRefused for more than `limit`
 * pixels; rejects when the file is damaged.
 */
export async function decodeTiff(bytes: Buffer, limit: number): Promise<RgbImage | DeepImage> {
  const tags = new TiffTags(bytes);
  const layout = tiffLayout(tags);
  checkPixels(layout, limit);
  const { kind, changes, orientation } = layout;
  const image = openSharp(changes.size > 0 ? tags.patched(changes) : bytes);
  if (kind === 'bytes' || kind === 'inks' || kind === 'inks16') {
    const data =
      kind === 'bytes'
        ? (await rgbBytes(image)).data
        : inksToRgb(kind === 'inks' ? (await inkBytes(image)).data : await highBytes(image));
    const { values, ...size } = turned(new Uint8Array(data), layout, 3, orientation);
    return { ...size, data: values };
  }
  const values = await valuesOf(image, kind);
  const channels = kind === 'rgb16' ? 3 : 1;
  return { channels, ...turned(values, layout, channels, orientation) };
}

async function highBytes(image: ReturnType<typeof openSharp>): Promise<Uint8Array> {
  const { values } = await deepValues(image.pipelineColourspace('cmyk'), 'cmyk', 'ushort');
  return Uint8Array.from(values, (value) => value >> 8);
}

async function valuesOf(
  image: ReturnType<typeof openSharp>,
  kind: Exclude<TiffLayout['kind'], 'bytes' | 'inks' | 'inks16'>,
): Promise<DeepImage['values']> {
  if (kind === 'float32') return (await deepValues(image, 'b-w', 'float')).values;
  if (kind === 'int32') return (await deepValues(image, 'b-w', 'int')).values;
  const { values } = await deepValues(image, kind === 'rgb16' ? 'rgb16' : 'grey16', 'ushort');
  return kind === 'int16' ? Int32Array.from(values, (value) => (value << 16) >> 16) : values;
}
