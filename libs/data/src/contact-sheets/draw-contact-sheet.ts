import { readFile } from 'node:fs/promises';
import { mapConcurrently } from '@thaw/base';
import type { OverlayOptions } from 'sharp';
import { openPicture } from '../images/draw-picture.ts';
import { drawLabel, type LabelStyle } from './label.ts';
import { sharp } from '../images/sharp.ts';

export interface SheetImage {
  readonly path: string;
  /** Lines below the image; each is cut to its width. */
  readonly caption: readonly string[];
  /** Of the frame and the first line, as CSS writes it. */
  readonly color: string;
}

export interface SheetRow {
  readonly title: string;
  /** At most `imagesPerRow`. */
  readonly images: readonly SheetImage[];
}

export const imagesPerRow = 8;

const cell = { width: 168, height: 126, gap: 10 } as const;
const margin = 16;
const frame = 4;
const title = { size: 20, height: 40 } as const;
const rowTitle = { size: 15, height: 26 } as const;
const line = { size: 11, height: 15 } as const;
const ink = '#1a1a1a';
const width = 2 * margin + imagesPerRow * cell.width + (imagesPerRow - 1) * cell.gap;

/**
 * A picture of rows of images, each under its title and with its captions: PNG bytes. Images keep their aspect ratio; more than eight bits are scaled by each image's range. Rejects
 * with a RangeError for a row of more than `imagesPerRow` images, and where an image cannot be read.
 */
export async function drawContactSheet(heading: string, rows: readonly SheetRow[]): Promise<Buffer> {
  if (rows.some(({ images }) => images.length > imagesPerRow)) {
    throw new RangeError(`a row holds at most ${imagesPerRow} images`);
  }
  const overlays: OverlayOptions[] = [];
  const write = async (
    text: string,
    at: { left: number; top: number; size: number; width: number; color?: string; style?: LabelStyle },
  ) => {
    const { left, top, size, width, color = ink, style } = at;
    const input = await drawLabel(text, { size, width, color, style });
    if (input) overlays.push({ input, left, top });
  };
  await write(heading, {
    left: margin,
    top: margin,
    size: title.size,
    width: width - 2 * margin,
    style: 'bold',
  });
  let top = margin + title.height;
  for (const row of rows) {
    const lines = Math.max(0, ...row.images.map(({ caption }) => caption.length));
    await write(row.title, {
      left: margin,
      top,
      size: rowTitle.size,
      width: width - 2 * margin,
      style: 'bold',
    });
    const imagesTop = top + rowTitle.height;
    const thumbnails = await mapConcurrently(row.images, 4, thumbnail);
    for (const [index, image] of row.images.entries()) {
      const left = margin + index * (cell.width + cell.gap);
      overlays.push({ input: thumbnails[index]!, left, top: imagesTop });
      for (const [number, text] of image.caption.entries()) {
        await write(text, {
          left,
          top: imagesTop + cell.height + 4 + number * line.height,
          size: line.size,
          width: cell.width,
          ...(number === 0 ? { color: image.color, style: 'bold' as const } : {}),
        });
      }
    }
    top = imagesTop + cell.height + 4 + lines * line.height + margin;
  }
  return sharp({ create: { width, height: top, channels: 3, background: '#ffffff' } })
    .composite(overlays)
    .removeAlpha()
    .png()
    .toBuffer();
}

/** An image inside its frame, of a cell's size. */
async function thumbnail({ path, color }: SheetImage): Promise<Buffer> {
  const image = await openPicture(await readFile(path));
  return image
    .resize(cell.width - 2 * frame, cell.height - 2 * frame, { fit: 'contain', background: '#e8e8e8' })
    .extend({ top: frame, bottom: frame, left: frame, right: frame, background: color })
    .png({ compressionLevel: 1 })
    .toBuffer();
}
