import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type Engine } from '@thaw/compute';
import { loadDataset } from '@thaw/data';
import { settingsSchema } from '@thaw/experiment';
import { buildModel, cutNetwork, loadBackboneWeights } from '@thaw/model';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FrozenSource } from '../src/sources/frozen-source.ts';
import { Mixing } from '../src/mixing.ts';
import { ImageRows } from '../src/sources/image-rows.ts';
import { ImageSource } from '../src/sources/image-source.ts';

let cacheDir: string;
beforeAll(() => {
  cacheDir = mkdtempSync(join(tmpdir(), 'thaw-rows-'));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(cacheDir, { recursive: true, force: true });
});

const settings = settingsSchema.parse({
  dataset: { train_sources_per_class: 3, test_sources_per_class: 2, images_per_source: 6 },
  model: { alpha: 0.35, image_size: 32, weights: 'random' },
  augmentation: { rotation_range: 20, horizontal_flip: true },
});
const onnx = createEngine('onnx');
const views = { options: settings.augmentation!, seed: 1, epoch: 1 };
const ignore = { onProgress: () => undefined };

async function options(engine: Engine, cache: string) {
  const dataset = await loadDataset(settings, { cacheDir });
  const images = [...dataset.train, ...dataset.validation, ...dataset.test];
  const { network, trainable } = buildModel(settings.model, dataset.classes.length);
  const { weights } = await loadBackboneWeights(settings.model, network, { cacheDir, seed: 1 });
  const { prefix, suffix } = cutNetwork(network, trainable);
  const { shape } = suffix.input;
  const pixels = { size: 32, interpolation: 'nearest', backbone: 'mobilenet_v2' } as const;
  const source = { engine, cacheDir: cache, prefix: prefix!, weights, shape, pixels, images: images.length };
  // Of all images together threads are started; a few are computed at once.
  const few = images.slice(0, 24);
  return { images, few, source, rows: { engine, pixels, prefix: { network: prefix!, weights, shape } } };
}

async function valuesOf(rows: ImageRows, ...request: Parameters<ImageRows['rows']>): Promise<Float32Array> {
  const values: number[] = [];
  for await (const [, some] of rows.rows(...request)) values.push(...some);
  return Float32Array.from(values);
}

async function allRows(rows: ImageRows, ...request: Parameters<ImageRows['rows']>): Promise<Float32Array> {
  const values = await valuesOf(rows, ...request);
  await rows.dispose();
  return values;
}

/** Each image with the next one. */
function mixingOf(batch: readonly unknown[]): Mixing {
  const partners = batch.map((_, i) => (i + 1) % batch.length);
  return new Mixing({ partners, shares: batch.map((_, i) => i / 10), boxes: null });
}

/** How often each key stands in the segments of a cache, over all its folders. */
function keysOf(cache: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const folder of readdirSync(join(cache, 'activations'))) {
    for (const name of readdirSync(join(cache, 'activations', folder))) {
      const bytes = readFileSync(join(cache, 'activations', folder, name));
      const header = bytes.toString('utf8', 4, 4 + bytes.readUInt32LE());
      for (const key of (JSON.parse(header) as { keys: string[] }).keys) {
        counts.set(`${folder} ${key}`, (counts.get(`${folder} ${key}`) ?? 0) + 1);
      }
    }
  }
  return counts;
}

describe('rows of images', () => {
  let threaded: Record<'features' | 'pixels', ImageRows>;
  beforeAll(async () => {
    const { rows } = await options(onnx, cacheDir);
    threaded = { features: new ImageRows(rows), pixels: new ImageRows({ ...rows, prefix: null }) };
  });
  afterAll(() => Promise.all([threaded.features.dispose(), threaded.pixels.dispose()]));

  it.each([
    ['as they are', null],
    ['augmented', views],
  ])('are the same bits in threads and without: %s', async (_, augmenting) => {
    const { images, rows } = await options(onnx, cacheDir);
    const here = await allRows(new ImageRows(rows), images, augmenting, 0);
    expect(await valuesOf(threaded.features, images, augmenting, 1000)).toEqual(here);
    const pixels = { ...rows, prefix: null };
    const input = await allRows(new ImageRows(pixels), images, augmenting, 0);
    expect(await valuesOf(threaded.pixels, images, augmenting, 1000)).toEqual(input);
  });

  it('of mixed images are the same bits in threads and without, and what the network says of the mixed', async () => {
    const { images, rows } = await options(onnx, cacheDir);
    const batch = images.slice(0, 10);
    const mixing = mixingOf(batch);
    const without = new ImageRows(rows);
    const here = (await without.mixed(batch, views, mixing, 0)).slice();
    await without.dispose();
    expect(await threaded.features.mixed(batch, views, mixing, 1000)).toEqual(here);
    const source = new ImageSource({ ...rows, images: 0 });
    const predictor = await onnx.predictor(rows.prefix.network, rows.prefix.weights);
    const { data } = await predictor.predict(await source.load(batch, views, mixing));
    expect(here.every((value, i) => Math.abs(value - data[i]!) <= 1e-5 * (1 + Math.abs(value)))).toBe(true);
    await Promise.all([source.dispose(), predictor.dispose()]);
  });

  it('of mixed images are those of each batch, however many batches are asked for at once', async () => {
    const { images, rows } = await options(onnx, cacheDir);
    const batches = [images.slice(0, 10), images.slice(10, 20)];
    const here = new ImageRows(rows);
    for (const [source, expected] of [[here, 0] as const, [threaded.features, 1000] as const]) {
      const mixed = (batch: typeof images) => source.mixed(batch, views, mixingOf(batch), expected);
      const inTurn = [await mixed(batches[0]!), await mixed(batches[1]!)];
      expect(await Promise.all(batches.map(mixed))).toEqual(inTurn);
    }
    await here.dispose();
  });

  it('are computed here from what threads decode, for an engine that cannot be had for a single core', async () => {
    const whole: Engine = {
      name: 'onnx',
      describe: () => onnx.describe(),
      predictor: (network, weights) => onnx.predictor(network, weights),
      trainer: (...trainer) => onnx.trainer(...trainer),
    };
    const { images, rows } = await options(whole, cacheDir);
    const here = await allRows(new ImageRows({ ...rows, engine: onnx }), images, null, 0);
    expect(await allRows(new ImageRows(rows), images, null, 1000)).toEqual(here);
  });

  it('that a thread cannot read end in the reason', async () => {
    const { images, rows } = await options(onnx, cacheDir);
    const gone = [...images, { ...images[0]!, path: join(cacheDir, 'gone.png') }];
    await expect(allRows(new ImageRows(rows), gone, null, 1000)).rejects.toThrow(/gone\.png/);
  });
});

describe('a frozen source', () => {
  it('computes each row once, however many need it at the same time', async () => {
    const cache = join(cacheDir, 'shared');
    const { images, source } = await options(onnx, cache);
    const sources = [0, 1, 2].map(() => new FrozenSource(source));
    const prepared = sources.map(async (each) => {
      await each.prepare(images, null, ignore);
      await each.prepare(images, views, ignore);
      return [await each.load(images, null), await each.load(images, views)].map(({ data }) => data.slice());
    });
    const [first, ...others] = await Promise.all(prepared);
    for (const other of others) expect(other).toEqual(first);
    await Promise.all(sources.map((each) => each.dispose()));
    const counts = [...keysOf(cache).values()];
    expect(counts).toHaveLength(2 * new Set(images.map((image) => image.sha256)).size);
    expect(new Set(counts)).toEqual(new Set([1]));
  });

  it('does not take the rows that another device or library has computed', async () => {
    const cache = join(cacheDir, 'engines');
    const { few, source } = await options(onnx, cache);
    const elsewhere: Engine = {
      name: 'onnx',
      describe: () => Promise.resolve('onnxruntime-node 1.0, webgpu'),
      predictor: (network, weights) => onnx.predictor(network, weights),
      trainer: (...trainer) => onnx.trainer(...trainer),
    };
    for (const engine of [onnx, elsewhere, onnx]) {
      const frozen = new FrozenSource({ ...source, engine });
      await frozen.prepare(few, null, ignore);
      await frozen.dispose();
    }
    expect(readdirSync(join(cache, 'activations'))).toHaveLength(2);
  });

  it('stops waiting for another when it is asked to end', async () => {
    const cache = join(cacheDir, 'waiting');
    const { few, source } = await options(onnx, cache);
    const [one, two] = [new FrozenSource(source), new FrozenSource(source)];
    const computing = one.prepare(few, null, ignore);
    const abort = new AbortController();
    abort.abort(new Error('enough'));
    await expect(two.prepare(few, null, { ...ignore, signal: abort.signal })).rejects.toThrow('enough');
    await computing;
    await Promise.all([one.dispose(), two.dispose()]);
  });

  it('gives the same values where nothing may be kept', async () => {
    const { few, source: all } = await options(onnx, join(cacheDir, 'kept'));
    const source = { ...all, images: few.length };
    const kept = new FrozenSource(source);
    await kept.prepare(few, views, ignore);
    const expected = (await kept.load(few, views)).data.slice();
    vi.stubEnv('THAW_CACHE_LIMIT', '0');
    const none = join(cacheDir, 'none');
    const computed = new FrozenSource({ ...source, cacheDir: none });
    await computed.prepare(few, views, ignore);
    expect((await computed.load(few, views)).data).toEqual(expected);
    expect(() => readdirSync(none)).toThrow('ENOENT');
    await Promise.all([kept.dispose(), computed.dispose()]);
  });
});
