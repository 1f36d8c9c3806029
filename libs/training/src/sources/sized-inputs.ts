import type { Engine, Network } from '@thaw/compute';
import type { Dataset } from '@thaw/data';
import type { Settings } from '@thaw/experiment';
import { buildModel } from '@thaw/model';
import { ImageSource } from './image-source.ts';
import type { InputSource } from './input-source.ts';
import { pixelsOf } from './pixels.ts';

/** What trains on images of one size, and what gives it these. */
export interface SizedInput {
  readonly network: Network;
  readonly source: InputSource;
}

export interface SizedInputsOptions {
  readonly settings: Settings;
  readonly dataset: Dataset;
  readonly engine: Engine;
  readonly cacheDir: string;
  /** At `model.image_size`. */
  readonly full: SizedInput;
}

/**
 * A network that trains from its first layer on, and its images, at other sizes than `model.image_size`: weights and their names do
 * not depend on the size. One other size is open at a time.
 */
export class SizedInputs {
  readonly #options: SizedInputsOptions;
  #open: { readonly size: number; readonly input: SizedInput } | null = null;

  constructor(options: SizedInputsOptions) {
    this.#options = options;
  }

  async at(size: number): Promise<SizedInput> {
    if (this.#open?.size === size) return this.#open.input;
    await this.dispose();
    const { settings, dataset, engine, cacheDir, full } = this.#options;
    if (size === settings.model.image_size) return full;
    const model = { ...settings.model, image_size: size };
    const pixels = pixelsOf({ ...settings, model }, dataset.depthRange);
    const source = new ImageSource({ engine, pixels, cacheDir, images: dataset.train.length });
    const input = { network: buildModel(model, dataset.classes.length).network, source };
    this.#open = { size, input };
    return input;
  }

  /** Closes what is open at another size. */
  async dispose(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.input.source.dispose();
  }
}
