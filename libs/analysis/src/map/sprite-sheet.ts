import { readFile } from 'node:fs/promises';
import { mapConcurrently } from '@thaw/base';
import { drawPicture, sharp } from '@thaw/data';
import type { OverlayOptions } from 'sharp';
import { spriteColumns, spriteSide, spritesPerSheet } from './sprites.ts';

/** Images that are decoded at once: each may take some hundred megabytes. */
const atOnce = 2;

/**
 * Small pictures of images on one sheet (JPEG), row by row, each in the middle of its square, its sides in proportion. The place of an image that is gone
 * (null) or cannot be read stays empty. At most `spritesPerSheet` paths.
 */
export async function spriteSheet(paths: readonly (string | null)[]): Promise<Buffer> {
  if (paths.length > spritesPerSheet) throw new RangeError(`a sheet holds ${spritesPerSheet} images`);
  const pictures = await mapConcurrently(paths, atOnce, async (path) => path && (await picture(path)));
  const placed = pictures.flatMap((input, i): OverlayOptions[] =>
    input
      ? [
          {
            input,
            left: (i % spriteColumns) * spriteSide,
            top: Math.floor(i / spriteColumns) * spriteSide,
            raw: { width: spriteSide, height: spriteSide, channels: 3 },
          },
        ]
      : [],
  );
  const rows = Math.ceil(spritesPerSheet / spriteColumns);
  return sharp({
    create: {
      width: spriteColumns * spriteSide,
      height: rows * spriteSide,
      channels: 3,
      background: ground,
    },
  })
    .composite(placed)
    .jpeg({ quality: 80 })
    .toBuffer();
}

const ground = '#808080';

/** Raw pixels of a square; null where the file is no image that can be read. */
async function picture(path: string): Promise<Buffer | null> {
  try {
    return await drawPicture(await readFile(path), (image) =>
      image
        .resize(spriteSide, spriteSide, { fit: 'contain', background: ground })
        .flatten({ background: '#ffffff' })
        .toColourspace('srgb')
        .removeAlpha()
        .raw()
        .toBuffer(),
    );
  } catch {
    return null;
  }
}
