import { rename, rm, stat } from 'node:fs/promises';
import { makeFolder } from './make-folder.ts';
import { temporarySibling } from './temporary-sibling.ts';

/**
 * Makes a folder whole or not at all: `fill` gets an empty temporary folder beside `path`, which takes the name `path` once
 * `fill` is done. If a folder with files stands at `path` by then (another process was faster), that one stays and the
 * temporary one is removed. If `fill` throws, nothing is left behind. A file at `path` is an error. Tells whether this call
 * made the folder.
 */
export async function writeFolderAtomic(
  path: string,
  fill: (temporary: string) => Promise<void>,
): Promise<boolean> {
  const temporary = temporarySibling(path);
  await makeFolder(temporary);
  let made = false;
  try {
    await fill(temporary);
    made = await takeName(temporary, path);
    return made;
  } finally {
    if (!made) await rm(temporary, { recursive: true, force: true });
  }
}

/** False where a folder with files has the name already. */
async function takeName(temporary: string, path: string): Promise<boolean> {
  try {
    await rename(temporary, path);
    return true;
  } catch (error) {
    // How the systems call it differs (ENOTEMPTY, EEXIST, EPERM), so look instead.
    const standing = await stat(path).catch(() => null);
    if (!standing?.isDirectory()) throw error;
    return false;
  }
}
