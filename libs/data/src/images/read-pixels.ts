import { readFileSync } from 'node:fs';
import { decodeRgb } from './decode.ts';
import type { ValueRange } from './deep-image.ts';
import { resizers } from './resize/resizers.ts';

/**
 * The image's pixels as Keras's `load_img(path, target_size=(size, size), interpolation=...)` gives them: RGB bytes, row
 * by row, `size * size * 3`; the aspect ratio is not kept. More than eight bits are scaled by `range` where it is given. Rejects
 * when the file cannot be decoded completely.
 */
export async function readPixels(
  path: string,
  size: number,
  interpolation: keyof typeof resizers,
  range: ValueRange | null = null,
): Promise<Uint8Array> {
  // In one call: the many turns of asynchronous reading would each wait for a batch that is being computed.
  const image = await decodeRgb(readFileSync(path), range);
  return resizers[interpolation](image, size, size).data;
}
