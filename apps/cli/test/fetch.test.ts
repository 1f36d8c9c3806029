import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { crc32 } from 'node:zlib';
import { UserError } from '@thaw/base';
import { File, ready } from 'h5wasm/node';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import yargs from 'yargs';
import { fetchProgress } from '../src/commands/fetch-progress.ts';
import { fetchCommand } from '../src/commands/fetch.ts';

let folder: string;
let server: Server | null;
let asked: string[];
let printed: string;
let logged: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-fetch-'));
  server = null;
  asked = [];
  printed = '';
  logged = '';
  vi.stubEnv('KERAS_HOME', join(folder, 'keras'));
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    logged += String(text);
    return true;
  });
});

afterEach(async () => {
  vi.restoreAllMocks();
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

/** Runs `fetch ...` as the program does; mistakes in the command line and UserErrors reject. */
async function run(...words: string[]): Promise<unknown> {
  return yargs(['fetch', ...words])
    .command(fetchCommand)
    .exitProcess(false)
    .fail((message, error) => {
      throw (error as Error | undefined) ?? new UserError(message);
    })
    .parseAsync();
}

async function kerasWeights(): Promise<Buffer> {
  await ready;
  const path = join(folder, 'weights.h5');
  const file = new File(path, 'w');
  file.create_attribute('layer_names', ['Conv1']);
  const layer = file.create_group('Conv1');
  layer.create_attribute('weight_names', ['kernel:0']);
  layer.create_dataset({ name: 'kernel:0', data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] });
  file.close();
  return readFile(path);
}

/** A zip archive of empty files. */
function zipOfNames(names: string[]): Buffer {
  const header = (name: string) => {
    const bytes = Buffer.alloc(26);
    bytes.writeUInt16LE(20, 0);
    bytes.writeUInt32LE(crc32(''), 10);
    bytes.writeUInt16LE(name.length, 22);
    return bytes;
  };
  const locals = names.map((name) =>
    Buffer.concat([Buffer.from('PK\x03\x04'), header(name), Buffer.from(name)]),
  );
  let offset = 0;
  const central = names.map((name, i) => {
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    offset += locals[i]!.length;
    return Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), header(name), rest, Buffer.from(name)]);
  });
  const end = Buffer.alloc(18);
  end.writeUInt16LE(names.length, 4);
  end.writeUInt16LE(names.length, 6);
  end.writeUInt32LE(Buffer.concat(central).length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, ...central, Buffer.from('PK\x05\x06'), end]);
}

describe('fetch weights', () => {
  test('prints the file, its SHA-256 and what uses it; progress goes to standard error', async () => {
    const body = await kerasWeights();
    const mirror = await serve((_, response) =>
      response.writeHead(200, { 'content-length': body.length }).end(body),
    );
    const runs = join(folder, 'runs');
    await run('weights', '--alpha', '0.35', '--image-size', '96', '--mirror', mirror, '--runs-dir', runs);
    const name = 'mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_96_no_top.h5';
    expect(asked).toEqual([`/${name}`]);
    expect(printed).toBe(
      `${join(runs, 'cache', 'weights', name)}\n` +
        `sha256 ${createHash('sha256').update(body).digest('hex')}\n` +
        'An experiment file with `backbone: mobilenet_v2`, `alpha: 0.35`, `image_size: 96` and `weights: imagenet` takes it from there.\n',
    );
    expect(logged).toMatch(/^weights: 0\.0 of 0\.0 MB\n/);
  });

  test('ends with a UserError when the server has no such file', async () => {
    const mirror = await serve((_, response) => response.writeHead(404).end());
    await expect(run('weights', '--mirror', mirror, '--runs-dir', folder)).rejects.toThrow(
      /kernels_1\.0_224_no_top\.h5 are not on this machine.*answered 404/,
    );
    expect(printed).toBe('');
  });
});

describe('fetch data', () => {
  test('makes the folder and prints what to write in an experiment file', async () => {
    const names = ['TRAIN', 'TEST', 'TEST_SIMPLE'].flatMap((part) =>
      ['EOSINOPHIL', 'LYMPHOCYTE', 'MONOCYTE', 'NEUTROPHIL'].map(
        (name) => `dataset2-master/dataset2-master/images/${part}/${name}/_0_1.jpeg`,
      ),
    );
    const mirror = await serve((_, response) => response.end(zipOfNames(names)));
    await run('data', '--mirror', `${mirror}/set.zip`, '--runs-dir', folder);
    const target = join(folder, 'data', 'blood-cells');
    expect(existsSync(join(target, 'TEST', 'MONOCYTE', '_0_1.jpeg'))).toBe(true);
    expect(printed).toBe(
      [
        `${target}: TRAIN 4, TEST 4, TEST_SIMPLE 4 images`,
        'To train on them, write in an experiment file:',
        'dataset:',
        `  path: ${target}`,
        '  layout: train-test-folders',
        '',
      ].join('\n'),
    );
  });
});

test.each([[[]], [['wine']], [['weights', '--alhpa', '1']]])('fetch %j is refused', async (words) => {
  await expect(run(...words)).rejects.toThrow(/fetch weights|Unknown argument/);
});

describe('progress', () => {
  function terminal(isTTY: boolean) {
    const stream = Object.assign(new PassThrough(), { isTTY, columns: 120 });
    return { stream, text: () => String(stream.read() ?? '') };
  }

  test('without a terminal: a line at the start, one every 5 seconds, one at the end', () => {
    const { stream, text } = terminal(false);
    let now = 0;
    const progress = fetchProgress('weights', stream, () => now);
    for (now = 0; now <= 11_000; now += 500) progress.update(now * 1000, 20_000_000);
    now = 11_000;
    progress.stop();
    progress.stop();
    expect(text().split('\n')).toEqual([
      'weights: 0.0 of 20.0 MB',
      'weights: 5.0 of 20.0 MB, 1.0 MB/s, 15.0 s left',
      'weights: 10.0 of 20.0 MB, 1.0 MB/s, 10.0 s left',
      'weights: 11.0 of 20.0 MB, 1.0 MB/s, 9.0 s left',
      '',
    ]);
  });

  test('counts the rate from where a resumed download goes on', () => {
    const { stream, text } = terminal(false);
    let now = 0;
    const progress = fetchProgress('weights', stream, () => now);
    progress.update(50_000_000, 60_000_000);
    now = 5000;
    progress.update(55_000_000, 60_000_000);
    expect(text()).toContain('weights: 55.0 of 60.0 MB, 1.0 MB/s, 5.0 s left\n');
  });

  test('without a total: no time left', () => {
    const { stream, text } = terminal(false);
    let now = 0;
    const progress = fetchProgress('data', stream, () => now);
    progress.update(0, null);
    now = 5000;
    progress.update(5_000_000, null);
    expect(text()).toBe('data: 0.0 MB\ndata: 5.0 MB, 1.0 MB/s\n');
  });

  test('shows nothing where nothing was to be done', () => {
    const { stream, text } = terminal(false);
    fetchProgress('data', stream).stop();
    expect(text()).toBe('');
  });

  test('on a terminal: a bar', () => {
    const written: string[] = [];
    const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 120 });
    Object.assign(stream, {
      write: (text: string) => written.push(text),
      cursorTo: () => true,
      clearLine: () => true,
      moveCursor: () => true,
    });
    const progress = fetchProgress('weights', stream, () => 0);
    progress.update(0, 2_000_000);
    progress.update(1_000_000, 2_000_000);
    progress.stop();
    expect(written.join('')).toMatch(/█{12}░{12} weights: 1\.0 of 2\.0 MB/);
  });
});
