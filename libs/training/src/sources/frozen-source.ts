import { join } from 'node:path';
import { evictRows, sha256, type RowCache } from '@thaw/base';
import { createEngine, tensor, type Engine, type Network, type Tensor, type Weights } from '@thaw/compute';
import { decoderVersion } from '@thaw/data';
import { backboneOf, hashWeights } from '@thaw/model';
import { mixes, type Mixing } from '../mixing.ts';
import { ImageRows } from './image-rows.ts';
import type { InputSource } from './input-source.ts';
import { keyOf } from './key-of.ts';
import { openRows, packingOf, type OpenRows } from './open-rows.ts';
import type { Augmenting, PixelOptions } from './pixels.ts';
import { viewKey, type View } from './view.ts';
import { rowsLimit, worthKeeping } from '../worth-keeping.ts';

export interface FrozenSourceOptions {
  readonly engine: Engine;
  readonly cacheDir: string;
  /** Where rows are kept; `rowsIn(cacheDir)` when left out. */
  readonly rowsDir?: string | undefined;
  /** The frozen part of the network and its weights. */
  readonly prefix: Network;
  readonly weights: Weights;
  /** Shape of the prefix's output for one image. */
  readonly shape: readonly number[];
  readonly pixels: PixelOptions;
  /** Images of the whole data set. */
  readonly images: number;
}

/** Where a cache has what frozen layers make of images. */
export function rowsIn(cacheDir: string): string {
  return join(cacheDir, 'activations');
}

/** Images whose rows are written at once: what a crash can cost. */
const imagesPerSegment = 256;

/**
 * What the frozen part of a network makes of images, computed once and kept on disk by everything that it depends on:
 * images as they are in single precision, so that what a trial says of them is what its whole network says; augmented views,
 * which are many, in half precision. Of several processes that need the same rows one computes them and the others wait.
 * Rows that are not worth their place on disk are computed each time, and rounded all the same, so that figures do not depend
 * on what is kept. Nothing is kept of mixed images: no two are the same.
 */
export class FrozenSource implements InputSource {
  readonly #options: FrozenSourceOptions;
  readonly #recipe: string;
  readonly #rows: ImageRows;
  readonly #root: string;
  readonly #limit = rowsLimit();
  /** Library, version and device: others' last digits differ. */
  #computedBy: Promise<string> | null = null;
  /** The rows of images as they are, and of the views of one epoch; earlier epochs' are not needed again. */
  readonly #open: Record<'plain' | 'views', OpenRows | null> = { plain: null, views: null };

  constructor(given: FrozenSourceOptions) {
    const options = { ...given, engine: engineOf(given) };
    this.#options = options;
    const { engine, prefix, weights, pixels, shape, cacheDir, rowsDir } = options;
    const layers = new Set(prefix.layers.map((layer) => layer.name));
    const used = new Map([...weights].filter(([key]) => layers.has(key.slice(0, key.lastIndexOf('/')))));
    const { preprocessing } = backboneOf(pixels);
    this.#recipe = keyOf([prefix, hashWeights(used), pixels, preprocessing, decoderVersion()]);
    this.#rows = new ImageRows({
      engine,
      pixels,
      cacheDir,
      prefix: { network: prefix, weights: used, shape },
    });
    this.#root = rowsDir ?? rowsIn(cacheDir);
  }

  get length(): number {
    return this.#rows.length;
  }

  async prepare(
    ...[images, augmenting, { signal, onProgress }]: Parameters<InputSource['prepare']>
  ): Promise<void> {
    if (!this.#isKept(augmenting)) return;
    const { cache } = await this.#rowsOf(augmenting);
    const missing = () => distinct(images.filter((image) => !cache.has(viewKey(image))));
    const progress = (left: number) => {
      onProgress(images.length - left, images.length);
    };
    progress(missing().length);
    if (missing().length === 0) return;
    const work = async () => {
      await cache.refresh();
      await this.#fill(cache, missing(), augmenting, { signal, onLeft: progress });
    };
    const onWait = async () => {
      await cache.refresh();
      progress(missing().length);
    };
    await cache.exclusively(work, { signal, onWait });
    await evictRows(this.#root, this.#limit);
  }

  async load(
    images: readonly View[],
    augmenting: Augmenting | null,
    mixing: Mixing | null = null,
    into?: Float32Array,
  ): Promise<Tensor> {
    const shape = [images.length, ...this.#options.shape];
    if (mixing) {
      return tensor(shape, await this.#rows.mixed(images, augmenting, mixing, this.#options.images));
    }
    if (this.#isKept(augmenting)) {
      const { block } = await this.#rowsOf(augmenting);
      return tensor(shape, block.rows(images.map(viewKey), into));
    }
    const batch = tensor(shape, into);
    let done = 0;
    for await (const [, values] of this.#rows.rows(images, augmenting, this.#options.images)) {
      const packing = packingOf(augmenting);
      packing.unpack(packing.pack(values, this.#rows.length), this.#rows.length, batch.data, done);
      done += values.length;
    }
    return batch;
  }

  async dispose(): Promise<void> {
    this.#open.plain?.cache.close();
    this.#open.views?.cache.close();
    this.#open.plain = this.#open.views = null;
    await this.#rows.dispose();
  }

  async #fill(
    cache: RowCache<Float32Array>,
    images: readonly View[],
    augmenting: Augmenting | null,
    { signal, onLeft }: { signal: AbortSignal | undefined; onLeft: (images: number) => void },
  ): Promise<void> {
    let keys: string[] = [];
    let rows: Uint16Array[] = [];
    let left = images.length;
    const packing = packingOf(augmenting);
    const write = async () => {
      const segment = new Uint16Array(keys.length * packing.words(cache.length));
      let end = 0;
      for (const row of rows) {
        segment.set(row, end);
        end += row.length;
      }
      await cache.add(keys, segment);
      [keys, rows] = [[], []];
    };
    for await (const [chunk, values] of this.#rows.rows(images, augmenting)) {
      keys.push(...chunk.map(viewKey));
      rows.push(packing.pack(values, cache.length));
      left -= chunk.length;
      onLeft(left);
      if (keys.length >= imagesPerSegment || left === 0) await write();
      signal?.throwIfAborted();
    }
  }

  #isKept(augmenting: Augmenting | null): boolean {
    const { pixels, images } = this.#options;
    const imageLength = pixels.size * pixels.size * 3;
    if (augmenting && mixes(augmenting.options)) return false;
    const rows = { rowLength: this.#rows.length, imageLength, images, augmented: augmenting !== null };
    return worthKeeping(rows, this.#limit);
  }

  async #rowsOf(augmenting: Augmenting | null): Promise<OpenRows> {
    const kind = augmenting ? 'views' : 'plain';
    const known = this.#open[kind];
    if (known?.augmenting === augmenting) return known;
    known?.cache.close();
    this.#computedBy ??= this.#options.engine.describe();
    const name = sha256(JSON.stringify([this.#recipe, await this.#computedBy, augmenting]));
    const { length } = this.#rows;
    const { images } = this.#options;
    return (this.#open[kind] = await openRows(join(this.#root, name), { length, images, augmenting }));
  }
}

/** Without what is the same view of the same image. */
function distinct(images: readonly View[]): View[] {
  return [...new Map(images.map((image) => [viewKey(image), image])).values()];
}

/** ONNX Runtime runs ONNX files, whatever trains the rest. */
function engineOf({ engine, prefix }: FrozenSourceOptions): Engine {
  const isFile = prefix.layers.some(({ type }) => type === 'OnnxGraph');
  return isFile && engine.name !== 'onnx' ? createEngine('onnx') : engine;
}
