import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '@thaw/base';
import { File, ready } from 'h5wasm/node';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  fetchImagenetWeights,
  findImagenetWeights,
  type FetchWeightsOptions,
} from '../src/weights/fetch-weights.ts';

const fileName = 'mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_96_no_top.h5';
const sleep = () => Promise.resolve();

let folder: string;
let cacheDir: string;
let kerasHome: string;
/** A small file in Keras's HDF5 format. */
let weights: Buffer;
let server: Server | null;
let asked: string[];

beforeAll(async () => {
  await ready;
  const path = join(await mkdtemp(join(tmpdir(), 'thaw-h5-')), 'weights.h5');
  const file = new File(path, 'w');
  file.create_attribute('layer_names', ['Conv1']);
  const layer = file.create_group('Conv1');
  layer.create_attribute('weight_names', ['Conv1/kernel:0']);
  const data = Float32Array.from({ length: 27 * 16 }, (_, i) => i);
  layer.create_group('Conv1').create_dataset({ name: 'kernel:0', data, shape: [3, 3, 3, 16] });
  file.close();
  weights = await readFile(path);
  await rm(join(path, '..'), { recursive: true });
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-weights-'));
  cacheDir = join(folder, 'runs', 'cache');
  kerasHome = join(folder, 'keras');
  server = null;
  asked = [];
  vi.stubEnv('KERAS_HOME', kerasHome);
  vi.stubEnv('THAW_WEIGHTS_MIRROR', '');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  server?.closeAllConnections();
  server?.close();
  await rm(folder, { recursive: true, force: true });
});

async function serve(answer: RequestListener): Promise<string> {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function fetchWeights(options: Partial<FetchWeightsOptions>): Promise<string> {
  return fetchImagenetWeights({ alpha: 0.35, imageSize: 96, cacheDir, sleep, ...options });
}

async function messageOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message;
}

describe('fetching', () => {
  test('is refused for an ONNX file, which has its weights inside', async () => {
    const message = await messageOf(fetchWeights({ backbone: '../net.onnx', mirror: 'http://127.0.0.1:9' }));
    expect(message).toMatch(
      /^found "\.\.\/net\.onnx", an ONNX file, which has its weights inside; allowed: mobilenet_v2, /,
    );
  });

  test('downloads Keras’s file from a mirror and records its SHA-256', async () => {
    const mirror = await serve((_, response) => response.end(weights));
    const path = await fetchWeights({ mirror: `${mirror}/keras/` });
    expect(path).toBe(join(cacheDir, 'weights', fileName));
    expect((await readFile(path)).equals(weights)).toBe(true);
    expect(asked).toEqual([`/keras/${fileName}`]);
    const sha256 = createHash('sha256').update(weights).digest('hex');
    expect(await readFile(`${path}.sha256`, 'utf8')).toBe(`${sha256}  ${fileName}\n`);
    expect((await readdir(join(cacheDir, 'weights'))).sort()).toEqual([fileName, `${fileName}.sha256`]);
  });

  test('takes the mirror from the environment', async () => {
    vi.stubEnv('THAW_WEIGHTS_MIRROR', await serve((_, response) => response.end(weights)));
    await fetchWeights({});
    expect(asked).toEqual([`/${fileName}`]);
  });

  test.each([
    [1, 224, '1.0_224'],
    [1, 200, '1.0_224'],
    [1.4, 192, '1.4_192'],
    [0.5, 128, '0.5_128'],
  ])('asks for alpha %s at size %s as %s', async (alpha, imageSize, name) => {
    const mirror = await serve((_, response) => response.end(weights));
    await fetchWeights({ alpha, imageSize, mirror });
    expect(asked).toEqual([`/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_${name}_no_top.h5`]);
  });

  test('asks nothing when the file is there', async () => {
    const mirror = await serve((_, response) => response.end(weights));
    const first = await fetchWeights({ mirror });
    expect(await fetchWeights({ mirror })).toBe(first);
    expect(asked).toHaveLength(1);
  });

  test.each([0.33, 2, NaN])('refuses alpha %s, which Keras does not publish', async (alpha) => {
    expect(await messageOf(fetchWeights({ alpha }))).toMatch(
      /alpha .*Allowed: 0\.35, 0\.5, 0\.75, 1, 1\.3, 1\.4/,
    );
  });

  test.each([
    ['a page of HTML', () => Buffer.from('<html>Sign in</html>')],
    ['a file that was cut', () => weights.subarray(0, weights.length - 100)],
    ['nothing', () => Buffer.alloc(0)],
  ])('does not keep %s', async (_, body) => {
    const mirror = await serve((_request, response) => response.end(body()));
    expect(await messageOf(fetchWeights({ mirror }))).toContain('wrong content');
    expect(await readdir(join(cacheDir, 'weights'))).toEqual([]);
  });

  test('says what to do when the file cannot be had', async () => {
    const mirror = await serve((_, response) => response.writeHead(404).end());
    const message = await messageOf(fetchWeights({ mirror }));
    for (const part of [
      fileName,
      'the server answered 404',
      `https://storage.googleapis.com/tensorflow/keras-applications/mobilenet_v2/${fileName}`,
      join(cacheDir, 'weights', fileName),
      join(kerasHome, 'models'),
      'THAW_WEIGHTS_MIRROR',
      'weights: bundled',
    ]) {
      expect(message).toContain(part);
    }
  });
});

describe('finding', () => {
  const find = () => findImagenetWeights({ fileName, cacheDir });

  test('is null where there is nothing', async () => {
    expect(await find()).toBeNull();
  });

  test('takes what Keras downloaded', async () => {
    await mkdir(join(kerasHome, 'models'), { recursive: true });
    await writeFile(join(kerasHome, 'models', fileName), weights);
    expect(await find()).toBe(join(kerasHome, 'models', fileName));
    expect(await fetchWeights({ mirror: 'http://127.0.0.1:9' })).toBe(join(kerasHome, 'models', fileName));
  });

  test('takes the file in the cache before that of Keras, by hand or not', async () => {
    for (const home of [join(kerasHome, 'models'), join(cacheDir, 'weights')]) {
      await mkdir(home, { recursive: true });
      await writeFile(join(home, fileName), weights);
    }
    expect(await find()).toBe(join(cacheDir, 'weights', fileName));
  });

  test('notices that a downloaded file changed', async () => {
    const path = await fetchWeights({ mirror: await serve((_, response) => response.end(weights)) });
    const changed = Buffer.from(weights);
    changed[changed.length - 1]! ^= 1;
    await writeFile(path, changed);
    expect(await messageOf(find())).toMatch(/changed since it was downloaded.*Delete both/);
  });

  test('a damaged file of Keras is named when it is fetched', async () => {
    await mkdir(join(kerasHome, 'models'), { recursive: true });
    await writeFile(join(kerasHome, 'models', fileName), weights.subarray(0, 500));
    expect(await messageOf(fetchWeights({ mirror: 'http://127.0.0.1:9' }))).toMatch(/no_top\.h5 .*Delete it/);
    expect(existsSync(cacheDir)).toBe(false);
  });
});
