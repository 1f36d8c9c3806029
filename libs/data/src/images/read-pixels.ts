import { readFileSync } from 'node:fs';
import { decodeRgb } from './decode.ts';
import type { ValueRange } from './deep-image.ts';
import { resizeImage } from './resize/resize-image.ts';
import type { Resizing } from './resizing.ts';

/**
 * The image's pixels as Keras's `load_img(path, target_size=(size, size), interpolation=...)` gives them: RGB bytes, row
 * by row, `size * size * 3`; how the image gets to be a square is told by `resize`. More than eight bits are scaled by `range` where it is given. Rejects
 * when the file cannot be decoded completely.
 */
export async function readPixels(
  path: string,
  resizing: Resizing,
  range: ValueRange | null = null,
): Promise<Uint8Array> {
  // In one call: the many turns of asynchronous reading would each wait for a batch that is being computed.
  const image = await decodeRgb(readFileSync(path), range);
  return resizeImage(image, { width: resizing.size, height: resizing.size }, resizing).data;
}
