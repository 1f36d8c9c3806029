import { tensor, type Engine, type Tensor } from '@thaw/compute';
import type { Mixing } from '../mixing.ts';
import { ImageRows } from './image-rows.ts';
import type { InputSource } from './input-source.ts';
import type { Augmenting, PixelOptions } from './pixels.ts';
import type { View } from './view.ts';

export interface ImageSourceOptions {
  readonly engine: Engine;
  readonly pixels: PixelOptions;
  /** Where the pixels of checked images may be kept; without it all are decoded. */
  readonly cacheDir?: string;
  /** Images of the whole data set. */
  readonly images: number;
}

/** Images straight from their files, for networks that train from the first layer on. */
export class ImageSource implements InputSource {
  readonly #options: ImageSourceOptions;
  readonly #rows: ImageRows;

  constructor(options: ImageSourceOptions) {
    this.#options = options;
    this.#rows = new ImageRows({ ...options, prefix: null });
  }

  get length(): number {
    return this.#rows.length;
  }

  async prepare(): Promise<void> {
    // What was decoded to be checked is kept as far as there is room.
  }

  async load(
    images: readonly View[],
    augmenting: Augmenting | null,
    mixing: Mixing | null = null,
    into?: Float32Array,
  ): Promise<Tensor> {
    const { size } = this.#options.pixels;
    const batch = tensor([images.length, size, size, 3], into);
    let done = 0;
    for await (const [, values] of this.#rows.rows(images, augmenting, this.#options.images)) {
      batch.data.set(values, done);
      done += values.length;
    }
    mixing?.mixImages(batch);
    return batch;
  }

  dispose(): Promise<void> {
    return this.#rows.dispose();
  }
}
