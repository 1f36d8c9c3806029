import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { UserError } from '@thaw/base';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fetchBloodCells, type FetchDataOptions } from '../src/fetch-data.ts';

/** A zip archive of stored files. */
function zipOf(files: Record<string, string>, damage = 0): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, data] of Object.entries(files)) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE((crc32(data) ^ damage) >>> 0, 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), common, rest, Buffer.from(name)]));
    locals.push(Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name + data)]));
    offset += locals.at(-1)!.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(central.length, 4);
  end.writeUInt16LE(central.length, 6);
  end.writeUInt32LE(Buffer.concat(central).length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, ...central, Buffer.from('PK\x05\x06'), end]);
}

const root = 'dataset2-master/dataset2-master';

/** The set's tree with 2 images in each class of TRAIN, 1 in each of TEST and TEST_SIMPLE, and things beside it. */
function setFiles(): Record<string, string> {
  const files: Record<string, string> = {
    [`${root}/labels.csv`]: 'labels',
    'dataset-master/dataset-master/JPEGImages/BloodImage_00000.jpg': 'other',
    [`${root}/images/TRAIN/EOSINOPHIL/.DS_Store`]: 'mac',
  };
  for (const name of ['EOSINOPHIL', 'LYMPHOCYTE', 'MONOCYTE', 'NEUTROPHIL']) {
    for (const path of [`TRAIN/${name}/_0_1.jpeg`, `TRAIN/${name}/_0_2.jpeg`, `TEST/${name}/_0_3.jpeg`]) {
      files[`${root}/images/${path}`] = path;
    }
    files[`${root}/images/TEST_SIMPLE/${name}/_0_4.jpeg`] = name;
  }
  return files;
}

let folder: string;
let target: string;
let archive: string;
let server: Server | null;
let authorizations: (string | undefined)[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-data-'));
  target = join(folder, 'runs', 'data', 'blood-cells');
  archive = join(folder, 'runs', 'cache', 'downloads', 'blood-cells.zip');
  server = null;
  authorizations = [];
  vi.stubEnv('THAW_DATA_MIRROR', '');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  server?.closeAllConnections();
  server?.close();
  await rm(folder, { recursive: true, force: true });
});

async function serve(answer: RequestListener): Promise<string> {
  server = createServer((request, response) => {
    authorizations.push(request.headers.authorization);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/archive.zip`;
}

function serveZip(files: Record<string, string>, damage?: number): Promise<string> {
  return serve((_, response) => response.end(zipOf(files, damage)));
}

function fetchData(options: Partial<FetchDataOptions> = {}) {
  return fetchBloodCells({
    target,
    cacheDir: join(folder, 'runs', 'cache'),
    sleep: () => Promise.resolve(),
    ...options,
  });
}

async function messageOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message;
}

describe('fetching the blood cells', () => {
  test('unpacks the images, and nothing else, and removes the archive', async () => {
    const phases: string[] = [];
    const result = await fetchData({
      mirror: await serveZip(setFiles()),
      onProgress: (phase) => phases.push(phase),
    });
    expect(result).toEqual({ images: { TRAIN: 8, TEST: 4, TEST_SIMPLE: 4 }, fetched: true });
    expect((await readdir(target)).sort()).toEqual(['TEST', 'TEST_SIMPLE', 'TRAIN']);
    expect((await readdir(join(target, 'TRAIN/EOSINOPHIL'))).sort()).toEqual(['_0_1.jpeg', '_0_2.jpeg']);
    expect(await readFile(join(target, 'TEST/MONOCYTE/_0_3.jpeg'), 'utf8')).toBe('TEST/MONOCYTE/_0_3.jpeg');
    expect([...new Set(phases)]).toEqual(['download', 'unpack']);
    expect(existsSync(archive)).toBe(false);
    expect(await readdir(join(target, '..'))).toEqual(['blood-cells']);
  });

  test('takes the mirror from the environment, and sends it no Kaggle key', async () => {
    vi.stubEnv('KAGGLE_USERNAME', 'someone');
    vi.stubEnv('KAGGLE_KEY', 'secret');
    vi.stubEnv('THAW_DATA_MIRROR', await serveZip(setFiles()));
    await fetchData();
    expect(authorizations).toEqual([undefined]);
  });

  test('asks Kaggle, with the key of the account if there is one', async () => {
    vi.stubEnv('KAGGLE_USERNAME', 'someone');
    vi.stubEnv('KAGGLE_KEY', 'secret');
    const request = vi.fn<typeof fetch>(() => Promise.resolve(new Response('no', { status: 403 })));
    vi.stubGlobal('fetch', request);
    await messageOf(fetchData());
    expect(request.mock.calls[0]![0]).toBe(
      'https://www.kaggle.com/api/v1/datasets/download/paultimothymooney/blood-cells',
    );
    expect(request.mock.calls[0]![1]?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('someone:secret').toString('base64')}`,
    });
  });

  test('asks nothing when the set stands there', async () => {
    await fetchData({ mirror: await serveZip(setFiles()) });
    const again = await fetchData({ mirror: 'http://127.0.0.1:9/' });
    expect(again).toEqual({ images: { TRAIN: 8, TEST: 4, TEST_SIMPLE: 4 }, fetched: false });
  });

  test('takes an archive that was put there by hand', async () => {
    await mkdir(join(archive, '..'), { recursive: true });
    await writeFile(archive, zipOf(setFiles()));
    expect((await fetchData({ mirror: 'http://127.0.0.1:9/' })).fetched).toBe(true);
  });

  test('fills an empty folder', async () => {
    await mkdir(target, { recursive: true });
    expect((await fetchData({ mirror: await serveZip(setFiles()) })).fetched).toBe(true);
    expect(existsSync(join(target, 'TRAIN'))).toBe(true);
  });
});

describe('fetching the blood cells ends with a message', () => {
  test('when the archive cannot be had: what to do', async () => {
    const mirror = await serve((_, response) => response.writeHead(403).end());
    const message = await messageOf(fetchData({ mirror }));
    for (const part of [
      'the server answered 403',
      'kaggle.com/datasets',
      archive,
      'KAGGLE_KEY',
      'THAW_DATA_MIRROR',
    ]) {
      expect(message).toContain(part);
    }
  });

  test('when a page comes instead of the archive', async () => {
    const mirror = await serve((_, response) => response.end('<html>Sign in</html>'));
    expect(await messageOf(fetchData({ mirror }))).toContain('not a zip archive');
    expect(existsSync(archive)).toBe(false);
  });

  test.each<[string, Record<string, string>, number, RegExp]>([
    [
      'when a class is missing',
      { [`${root}/images/TRAIN/MONOCYTE/a.jpeg`]: 'x' },
      0,
      /no \.jpeg in TRAIN\/EOSINOPHIL/,
    ],
    [
      'when a path leads out',
      { ...setFiles(), [`${root}/images/../../../../evil.jpeg`]: 'x' },
      0,
      /evil\.jpeg/,
    ],
    ['when an image is damaged', setFiles(), 1, /damaged \(CRC-32 differs\)/],
  ])('%s, and leaves no part of the set', async (_, files, damage, message) => {
    const text = await messageOf(fetchData({ mirror: await serveZip(files, damage) }));
    expect(text).toMatch(message);
    expect(text).toMatch(/[Dd]elete it/);
    expect(await readdir(join(target, '..'))).toEqual([]);
  });

  test('when another folder stands there, which stays as it is', async () => {
    await mkdir(target, { recursive: true });
    await writeFile(join(target, 'mine.txt'), 'mine');
    expect(await messageOf(fetchData())).toContain('is not the blood cell set');
    expect(await readdir(target)).toEqual(['mine.txt']);
  });

  test('when a file stands there', async () => {
    await mkdir(join(target, '..'), { recursive: true });
    await writeFile(target, 'mine');
    expect(await messageOf(fetchData())).toContain('a file of this name is in the way');
  });
});
