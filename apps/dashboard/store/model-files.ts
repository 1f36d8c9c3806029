import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileSizes, filesIn, UserError } from '@thaw/base';
import { modelStore } from './model-store.ts';
import { webStream } from './web-stream.ts';
import { zipFiles } from './zip-files.ts';

/** The files of the version that `reference` names. */
export async function modelFiles(reference: string) {
  const { folder } = await versionFolder(reference);
  return fileSizes(folder);
}

/** One of these files. A UserError where there is none. */
export async function modelFile(reference: string, file: string): Promise<Response> {
  const { folder, version } = await versionFolder(reference);
  if (!(await filesIn(folder)).includes(file)) {
    throw new UserError(`${version} has no file ${file}`, { kind: 'not-found' });
  }
  const handle = await open(join(folder, file));
  const { size } = await handle.stat();
  return streamed(handle.createReadStream(), {
    'content-type': file.endsWith('.json') ? 'application/json' : 'application/octet-stream',
    'content-length': String(size),
  });
}

/** All of these files in a folder of their own, `cells-1`, inside a ZIP archive. */
export async function modelArchive(reference: string): Promise<Response> {
  const { folder, version } = await versionFolder(reference);
  return streamed(await zipFiles(folder, await filesIn(folder), version), {
    'content-type': 'application/zip',
    'content-disposition': `attachment; filename="${version}.zip"`,
  });
}

async function versionFolder(reference: string) {
  const store = modelStore();
  const { name, version } = await store.resolve(reference);
  return { folder: store.folder(name, version), version: `${name}-${version}` };
}

function streamed(stream: Readable, headers: Record<string, string>): Response {
  return new Response(webStream(stream), { headers });
}
