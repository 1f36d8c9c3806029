import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it that are missing. It is not `mkdir` with `recursive`, which calls a read-only file system
 * ENOENT and never ends below `/proc` (Node 20): the error is the system's own.
 */
export async function makeFolder(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => error as NodeJS.ErrnoException);
  if (!(found instanceof Error)) {
    if (found.isDirectory()) return;
    throw Object.assign(new Error(`ENOTDIR: not a directory, mkdir '${path}'`), { code: 'ENOTDIR', path });
  }
  if (found.code !== 'ENOENT') throw found;
  const above = dirname(path);
  if (above !== path) await makeFolder(above);
  await mkdir(path).catch(async (error: unknown) => {
    // Another process was faster; a link to nothing is there, too, and no folder.
    const now = (error as NodeJS.ErrnoException).code === 'EEXIST' && (await stat(path).catch(() => null));
    if (!now || !now.isDirectory()) throw error;
  });
}
