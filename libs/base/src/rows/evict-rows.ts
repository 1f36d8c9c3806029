import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isLocked } from '../download/file-lock.ts';

/** The lock file in a folder whose rows are being computed. */
export const lockName = 'computing';
const removed = '.removed-';

interface Folder {
  readonly path: string;
  readonly bytes: number;
  readonly used: number;
  readonly busy: boolean;
}

/**
 * Keeps the folders of rows under `root` within `limit` bytes by removing those not used for longest; a folder that is being
 * filled stays, though not for the lock of a process that died. Any number of processes may do so while others read: a folder is first renamed, in one step, and who has
 * its files open reads on. What a process that was killed half-way left behind is removed.
 */
export async function evictRows(root: string, limit: number): Promise<void> {
  const names = await readdir(root).catch(() => []);
  for (const name of names) if (name.startsWith(removed)) await remove(join(root, name));
  const folders = await Promise.all(
    names.filter((name) => !name.startsWith('.')).map((name) => measure(join(root, name))),
  );
  let total = folders.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { path, bytes, busy } of folders.sort((a, b) => a.used - b.used)) {
    if (total <= limit) return;
    if (busy) continue;
    const aside = join(root, `${removed}${randomUUID()}`);
    // Another process may have been faster, and some systems do not rename a folder whose files are open.
    const renamed = await rename(path, aside).then(
      () => true,
      () => false,
    );
    if (!renamed) continue;
    await remove(aside);
    total -= bytes;
  }
}

async function measure(path: string): Promise<Folder> {
  const names: string[] = await readdir(path).catch(() => []);
  const sizes = names.map(async (name) => (await stat(join(path, name)).catch(() => null))?.size ?? 0);
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  const used = (await stat(path).catch(() => null))?.mtimeMs ?? 0;
  return { path, bytes, used, busy: await isLocked(join(path, lockName)) };
}

/** Two processes may remove the same leftover. */
async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
}
