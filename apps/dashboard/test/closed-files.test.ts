import { createReadStream, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { getModelArchive } from '../api/operations/models.ts';
import { respond } from '../api/respond.ts';
import { webStream } from '../store/web-stream.ts';
import { zipFiles } from '../store/zip-files.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-zip-'));
  for (const name of ['a', 'b']) writeFileSync(join(folder, name), Buffer.alloc(1_000_000));
});
afterAll(() => rmSync(folder, { recursive: true }));

const zipped = () => zipFiles(folder, ['a', 'b'], 'both');

function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`);
      return path.startsWith(folder) ? [path] : [];
    } catch {
      return [];
    }
  });
}

const address = 'http://localhost/api/v1/models/cells/archive';
const asked = respond(
  getModelArchive,
  async () => new Response(webStream(await zipped()), { headers: { 'x-of': 'it' } }),
);

it.skipIf(process.platform !== 'linux')(
  'an archive that nobody reads to its end keeps no file open',
  async () => {
    const archive = await zipped();
    await once(archive, 'readable');
    await expect.poll(openFiles).toHaveLength(1);
    archive.destroy();
    await expect.poll(openFiles).toEqual([]);
  },
);

it.skipIf(process.platform !== 'linux')(
  'nor does one that is only asked about, or whose client is gone',
  async () => {
    const gone = new AbortController();
    gone.abort();
    for (const init of [{ method: 'HEAD' }, { signal: gone.signal }]) {
      const answer = await asked(new Request(address, init));
      expect([answer.headers.get('x-of'), answer.body]).toEqual(['it', null]);
      await expect.poll(openFiles).toEqual([]);
    }
  },
);

it('a stream that is read through, broken off or cannot be opened is told of as it ends', async () => {
  expect((await new Response(webStream(await zipped())).arrayBuffer()).byteLength).toBeGreaterThan(2_000_000);
  const reader = webStream(await zipped()).getReader();
  await reader.read();
  await reader.cancel();
  await expect(new Response(webStream(createReadStream(join(folder, 'c')))).text()).rejects.toThrow('ENOENT');
});

it('an archive whose file goes fails, and the server stays', async () => {
  const archive = await zipFiles(folder, ['a', 'b'], 'both');
  rmSync(join(folder, 'b'));
  await expect(buffer(archive)).rejects.toThrow('ENOENT');
});
