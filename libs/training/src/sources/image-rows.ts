import { availableParallelism } from 'node:os';
import { inChunks, readAhead } from '@thaw/base';
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
import type { Mixing } from '../mixing.ts';
import { loadImages, type Augmenting, type PixelOptions } from './pixels.ts';
import { ImageThreads } from '../threads/image-threads.ts';
import { imagesATask } from '../threads/images-a-task.ts';
import type { View } from './view.ts';

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
  #batch: Float32Array | null = null;
  /** The last call of `mixed`, which the next one waits for: all fill the same memory. */
  #mixed: Promise<unknown> = Promise.resolve();

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
    const load = (chunk: readonly View[]) => this.#load(chunk, augmenting);
    const alreadyPredicted = this.#hasThreads(expected) && this.#options.engine.singleCore !== undefined;
    for await (const [chunk, loaded] of this.#inChunks(images, load)) {
      yield [chunk, alreadyPredicted ? loaded : await this.#predict(chunk.length, loaded)];
    }
  }

  /** The rows of images that are mixed with one another before the network sees them; calls take turns. */
  mixed(
    images: readonly View[],
    augmenting: Augmenting | null,
    mixing: Mixing,
    expected: number,
  ): Promise<Float32Array> {
    const rows = this.#mixed.then(() => this.#mix(images, augmenting, mixing, expected));
    this.#mixed = rows.catch(() => undefined);
    return rows;
  }

  async #mix(
    images: readonly View[],
    augmenting: Augmenting | null,
    mixing: Mixing,
    expected: number,
  ): Promise<Float32Array> {
    const { size } = this.#options.pixels;
    const length = size * size * 3;
    this.#hasThreads(expected);
    const batch = this.#batchOf(images.length * length);
    let loaded = 0;
    const load = (chunk: readonly View[]) => {
      const into = batch.subarray(loaded, (loaded += chunk.length * length));
      return this.#threads?.load(chunk, augmenting, into) ?? this.#read(chunk, augmenting, into);
    };
    for await (const [] of this.#inChunks(images, load));
    let first = 0;
    const predict = (chunk: readonly View[]) => {
      const part = { first, batch };
      first += chunk.length;
      if (this.#threads && this.#options.engine.singleCore)
        return this.#threads.mixed({ ...part, images: chunk.length, mixing: mixing.draw });
      const inputs = new Float32Array(chunk.length * length);
      mixing.mixInto(inputs, { ...part, size });
      return this.#predict(chunk.length, inputs);
    };
    const rows = new Float32Array(images.length * this.length);
    let done = 0;
    for await (const [, values] of this.#inChunks(images, predict)) {
      rows.set(values, done);
      done += values.length;
    }
    return rows;
  }

  async dispose(): Promise<void> {
    await this.#threads?.dispose();
    await this.#reader?.close();
    await (await this.#predictor)?.dispose();
  }

  /** What becomes of some images at a time, in order, as many at once as keep all threads busy. */
  #inChunks(images: readonly View[], work: (chunk: readonly View[]) => Promise<Float32Array>) {
    const width = this.#threads?.width ?? 2;
    return readAhead(inChunks(images, imagesATask), work, width - 1);
  }

  #hasThreads(expected: number): boolean {
    if (expected >= enoughForThreads) this.#threads ??= this.#startThreads();
    return this.#threads !== null;
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

  /** Shared memory for the inputs of a batch; the same each time. */
  #batchOf(length: number): Float32Array {
    if (!this.#batch || this.#batch.length < length) {
      this.#batch = new Float32Array(new SharedArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT));
    }
    return this.#batch.subarray(0, length);
  }

  /** Where threads have the network, what it makes of images, else the images. */
  #load(images: readonly View[], augmenting: Augmenting | null): Promise<Float32Array> {
    return this.#threads?.run(images, augmenting) ?? this.#read(images, augmenting);
  }

  async #read(
    images: readonly View[],
    augmenting: Augmenting | null,
    into?: Float32Array,
  ): Promise<Float32Array> {
    const { pixels, cacheDir } = this.#options;
    this.#reader ??= new PixelReader(pixels, pixels.depthRange ?? null, cacheDir ?? null);
    return (await loadImages(images, this.#reader, pixels, augmenting, into)).data;
  }

  /** Runs the network here, where there is one. */
  async #predict(images: number, inputs: Float32Array): Promise<Float32Array> {
    const { engine, pixels, prefix } = this.#options;
    if (!prefix) return inputs;
    this.#predictor ??= engine.predictor(prefix.network, prefix.weights, { imagesAtOnce: imagesATask });
    const input = tensor([images, pixels.size, pixels.size, 3], inputs);
    return (await (await this.#predictor).predict(input)).data;
  }
}
