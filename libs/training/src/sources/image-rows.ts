import { availableParallelism } from 'node:os';
import {
  sizeOf,
  tensor,
  type Engine,
  type EngineName,
  type Network,
  type Predictor,
  type Weights,
} from '@thaw/compute';
import { PixelReader } from '@thaw/data';
import { inChunks } from './in-chunks.ts';
import { loadImages, type Augmenting, type PixelOptions } from './pixels.ts';
import { readAhead } from './read-ahead.ts';
import { ImageThreads } from '../threads/image-threads.ts';
import type { View } from './view.ts';

/** Images that a thread takes at once: small enough for a core's own cache. */
const imagesAtOnce = 4;
/** Images for which it pays to start threads. */
const enoughForThreads = 96;
/** Beyond, decoding in libuv's four threads is what limits. */
const mostThreads = 16;

export interface ImageRowsOptions {
  readonly engine: Engine;
  readonly pixels: PixelOptions;
  /** Where the pixels of checked images may be kept; without it all are decoded. */
  readonly cacheDir?: string;
  /** The frozen part of a network, its weights and the shape of its output for one image; null for the images themselves. */
  readonly prefix: {
    readonly network: Network;
    readonly weights: Weights;
    readonly shape: readonly number[];
  } | null;
}

/**
 * Turns images into rows of values: what a network takes, or what the frozen part of one makes of it. Many images are
 * computed in threads, one a core, each with its own single-core predictor where the engine has such; few are computed
 * here. Either way gives the same bits.
 */
export class ImageRows {
  readonly #options: ImageRowsOptions;
  #predictor: Promise<Predictor> | null = null;
  #reader: PixelReader | null = null;
  #threads: ImageThreads | null = null;

  constructor(options: ImageRowsOptions) {
    this.#options = options;
  }

  /** Values of one row. */
  get length(): number {
    const { prefix, pixels } = this.#options;
    return prefix ? sizeOf(prefix.shape) : pixels.size * pixels.size * 3;
  }

  /**
   * Rows in order, some images at a time; `expected` images will be asked for in all, with this call and later ones.
   */
  async *rows(
    images: readonly View[],
    augmenting: Augmenting | null,
    expected = images.length,
  ): AsyncGenerator<[images: readonly View[], values: Float32Array]> {
    if (expected >= enoughForThreads) this.#threads ??= this.#startThreads();
    const chunks = inChunks(images, imagesAtOnce);
    const width = this.#threads?.width ?? 2;
    for await (const [chunk, loaded] of readAhead(
      chunks,
      (each) => this.#load(each, augmenting),
      width - 1,
    )) {
      yield [chunk, await this.#predict(chunk, loaded)];
    }
  }

  async dispose(): Promise<void> {
    await this.#threads?.dispose();
    await this.#reader?.close();
    await (await this.#predictor)?.dispose();
  }

  #startThreads(): ImageThreads {
    const { engine, pixels, cacheDir, prefix } = this.#options;
    const options = engine.singleCore;
    const network =
      prefix && options
        ? { engine: engine.name as EngineName, options, prefix: prefix.network, weights: prefix.weights }
        : null;
    return new ImageThreads({ pixels, cacheDir, network }, Math.min(availableParallelism(), mostThreads));
  }

  async #load(images: readonly View[], augmenting: Augmenting | null): Promise<Float32Array> {
    if (this.#threads) return this.#threads.run(images, augmenting);
    const { pixels, cacheDir } = this.#options;
    this.#reader ??= new PixelReader(pixels, pixels.depthRange ?? null, cacheDir ?? null);
    return (await loadImages(images, this.#reader, pixels, augmenting)).data;
  }

  /** Runs the network here where no thread has. */
  async #predict(images: readonly View[], loaded: Float32Array): Promise<Float32Array> {
    const { engine, pixels, prefix } = this.#options;
    if (!prefix || (this.#threads && engine.singleCore)) return loaded;
    this.#predictor ??= engine.predictor(prefix.network, prefix.weights);
    const input = tensor([images.length, pixels.size, pixels.size, 3], loaded);
    return (await (await this.#predictor).predict(input)).data;
  }
}
