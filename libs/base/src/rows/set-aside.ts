import { randomUUID } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const removed = '.removed-';

/**
 * Renames what is to be removed, in one step, so that nobody finds half of it; who has its files open reads on. Gives the new
 * path. Throws ENOENT where another process was faster.
 */
export async function setAside(path: string): Promise<string> {
  const aside = join(dirname(path), `${removed}${randomUUID()}`);
  await rename(path, aside);
  return aside;
}

/** Removes what processes that were killed had set aside in a folder. */
export async function removeSetAside(folder: string): Promise<void> {
  const names: string[] = await readdir(folder).catch(() => []);
  for (const name of names) {
    // Two processes may remove the same.
    if (name.startsWith(removed))
      await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined);
  }
}
