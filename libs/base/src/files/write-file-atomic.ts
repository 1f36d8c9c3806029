import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from './make-folder.ts';
import { temporarySibling } from './temporary-sibling.ts';

/**
 * Writes a file whole or not at all: readers, and a machine that loses power, see the old content or the new one. Parent
 * folders are made. Of several writers at once the last to finish wins. Text is written as UTF-8, several arrays one behind the other.
 */
export async function writeFileAtomic(
  path: string,
  data: string | Uint8Array | readonly Uint8Array[],
): Promise<void> {
  await makeFolder(dirname(path));
  const temporary = temporarySibling(path);
  try {
    const file = await open(temporary, 'wx');
    try {
      const parts = typeof data === 'string' || data instanceof Uint8Array ? [data] : data;
      for (const part of parts) await file.writeFile(part);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
