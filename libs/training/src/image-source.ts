import type { Tensor } from '@thaw/compute';
import type { ImageFile } from '@thaw/data';
import type { InputSource } from './input-source.ts';
import { loadImages, type Augmenting, type PixelOptions } from './pixels.ts';

/** Images straight from their files, for networks that train from the first layer on. */
export class ImageSource implements InputSource {
  readonly #options: PixelOptions;

  constructor(options: PixelOptions) {
    this.#options = options;
  }

  async prepare(): Promise<void> {
    // Decoding again costs less than keeping the pixels of every image.
  }

  load(images: readonly ImageFile[], augmenting: Augmenting | null): Promise<Tensor> {
    return loadImages(images, this.#options, augmenting);
  }

  async dispose(): Promise<void> {
    // Nothing is held.
  }
}
