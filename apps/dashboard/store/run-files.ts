import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileSizes, filesIn, UserError } from '@thaw/base';
import type { FileStore } from '@thaw/tracking';
import { webStream } from './web-stream.ts';

const logBytes = 64 * 1024;

/** The files of a run's folder and the end of its log. */
export async function runFiles(store: FileStore, run: string) {
  const folder = await folderOf(store, run);
  return { files: await fileSizes(folder), log: await tail(join(folder, 'log.txt')) };
}

/** One file of a run's folder, to be kept by the browser and never shown; a UserError for any other name. */
export async function runFile(store: FileStore, run: string, name: string): Promise<Response> {
  const folder = await folderOf(store, run);
  // Links are no files of the folder.
  if (!(await filesIn(folder)).includes(name))
    throw new UserError(`run ${basename(folder)} has no file ${name}`, { kind: 'not-found' });
  const path = join(folder, name);
  const { size } = await stat(path);
  const shown = encodeURIComponent(`${basename(folder)}-${name.replaceAll('/', '-')}`);
  return new Response(webStream(createReadStream(path, size > 0 ? { end: size - 1 } : {})), {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${shown}`,
    },
  });
}

async function folderOf(store: FileStore, run: string): Promise<string> {
  return dirname(await store.gapFolder(run));
}

/** The last bytes of a file; nothing where there is none. */
async function tail(path: string): Promise<string> {
  const file = await open(path).catch(() => null);
  if (!file) return '';
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - logBytes);
    const buffer = Buffer.alloc(size - start);
    await file.read(buffer, 0, buffer.length, start);
    return buffer.toString('utf8');
  } finally {
    await file.close();
  }
}
