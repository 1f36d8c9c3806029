import { join } from 'node:path';
import { sha256 } from '@thaw/base';
import {
  sizeOf,
  tensor,
  type Engine,
  type Network,
  type Predictor,
  type Tensor,
  type Weights,
} from '@thaw/compute';
import type { ImageFile } from '@thaw/data';
import { backbones, hashWeights } from '@thaw/model';
import type { InputSource } from './input-source.ts';
import { inChunks } from './in-chunks.ts';
import { loadImages, type Augmenting, type PixelOptions } from './pixels.ts';
import { readAhead } from './read-ahead.ts';
import { RowCache } from './row-cache.ts';

export interface FrozenSourceOptions {
  readonly engine: Engine;
  readonly cacheDir: string;
  /** The frozen part of the network and its weights. */
  readonly prefix: Network;
  readonly weights: Weights;
  /** Shape of the prefix's output for one image. */
  readonly shape: readonly number[];
  readonly pixels: PixelOptions;
}

/** Images run through the network together: small enough to stay in the processor's caches. */
const imagesAtOnce = 8;
/** Images whose rows are written at once: what a crash can cost. */
const imagesPerSegment = 256;

/** What the frozen part of a network makes of images: computed once and kept on disk by everything that it depends on. */
export class FrozenSource implements InputSource {
  readonly #options: FrozenSourceOptions;
  readonly #recipe: string;
  readonly #caches = new Map<string, RowCache>();
  #predictor: Predictor | null = null;

  constructor(options: FrozenSourceOptions) {
    this.#options = options;
    const { prefix, weights, pixels } = options;
    const layers = new Set(prefix.layers.map((layer) => layer.name));
    const used = new Map([...weights].filter(([key]) => layers.has(key.slice(0, key.lastIndexOf('/')))));
    const { preprocessing } = backbones[pixels.backbone];
    this.#recipe = sha256(JSON.stringify([prefix, hashWeights(used), pixels, preprocessing]));
  }

  async prepare(
    ...[images, augmenting, { signal, onProgress }]: Parameters<InputSource['prepare']>
  ): Promise<void> {
    const cache = await this.#cacheOf(augmenting);
    const missing = [...new Map(images.map((image) => [image.sha256, image])).values()].filter(
      (image) => !cache.has(image.sha256),
    );
    const present = images.length - missing.length;
    onProgress(present, images.length);
    for (const [i, segment] of inChunks(missing, imagesPerSegment).entries()) {
      const before = present + i * imagesPerSegment;
      const rows = await this.#compute(segment, augmenting, (done) => {
        signal?.throwIfAborted();
        onProgress(before + done, images.length);
      });
      await cache.add(
        segment.map((image) => image.sha256),
        rows,
      );
    }
  }

  async load(images: readonly ImageFile[], augmenting: Augmenting | null): Promise<Tensor> {
    const cache = await this.#cacheOf(augmenting);
    const batch = tensor([images.length, ...this.#options.shape]);
    images.forEach((image, i) => cache.read(image.sha256, batch.data, i * cache.length));
    return batch;
  }

  async dispose(): Promise<void> {
    for (const cache of this.#caches.values()) cache.close();
    this.#caches.clear();
    await this.#predictor?.dispose();
  }

  /** The next images are decoded while the network runs on these. */
  async #compute(
    images: readonly ImageFile[],
    augmenting: Augmenting | null,
    onProgress: (done: number) => void,
  ): Promise<Float32Array> {
    const { engine, prefix, weights, shape, pixels } = this.#options;
    this.#predictor ??= await engine.predictor(prefix, weights);
    const length = sizeOf(shape);
    const rows = new Float32Array(images.length * length);
    const chunks = inChunks(images, imagesAtOnce);
    let done = 0;
    for await (const [chunk, input] of readAhead(chunks, (each) => loadImages(each, pixels, augmenting))) {
      const output = await this.#predictor.predict(input);
      rows.set(output.data, done * length);
      done += chunk.length;
      onProgress(done);
    }
    return rows;
  }

  async #cacheOf(augmenting: Augmenting | null): Promise<RowCache> {
    const name = sha256(JSON.stringify([this.#recipe, augmenting]));
    const known = this.#caches.get(name);
    if (known) return known;
    const cache = await RowCache.open(
      join(this.#options.cacheDir, 'activations', name),
      sizeOf(this.#options.shape),
    );
    this.#caches.set(name, cache);
    return cache;
  }
}
