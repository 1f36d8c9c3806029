import type { ImageFile } from '../dataset.ts';
import type { ValueRange } from './deep-image.ts';
import { KeptPixels } from './kept-pixels.ts';
import { readPixels } from './read-pixels.ts';
import type { Resizing } from './resizing.ts';

/** Gives the pixels of a data set's images: those that its checking has kept, or decoded from their files. */
export class PixelReader {
  readonly #resizing: Resizing;
  readonly #range: ValueRange | null;
  readonly #kept: Promise<KeptPixels | null>;

  /** `range`: that of the data set's `depth`. `cacheDir`: where `loadDataset` kept pixels; null where it kept none. */
  constructor(resizing: Resizing, range: ValueRange | null, cacheDir: string | null) {
    this.#resizing = resizing;
    this.#range = range;
    this.#kept =
      cacheDir === null ? Promise.resolve(null) : KeptPixels.open(cacheDir, resizing).catch(() => null);
  }

  /** See `readPixels`. */
  async read({ path, sha256 }: Pick<ImageFile, 'path' | 'sha256'>): Promise<Uint8Array> {
    return (await this.#kept)?.read(sha256) ?? readPixels(path, this.#resizing, this.#range);
  }

  async close(): Promise<void> {
    await (await this.#kept)?.close();
  }
}
