import { readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isLocked } from '../download/file-lock.ts';
import { removeSetAside, setAside } from './set-aside.ts';

/** The lock file in a folder whose rows are being computed. */
export const lockName = 'computing';

interface Folder {
  readonly path: string;
  readonly bytes: number;
  readonly used: number;
  readonly busy: boolean;
}

/**
 * Keeps the folders of rows under `root` within `limit` bytes by removing those not used for longest; a folder that is being
 * filled stays, though not for the lock of a process that died. Any number of processes may do so while others read. What a
 * process that was killed half-way left behind is removed.
 */
export async function evictRows(root: string, limit: number): Promise<void> {
  await removeSetAside(root);
  const names = await readdir(root).catch(() => []);
  const folders = await Promise.all(
    names.filter((name) => !name.startsWith('.')).map((name) => measure(join(root, name))),
  );
  let total = folders.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { path, bytes, busy } of folders.sort((a, b) => a.used - b.used)) {
    if (total <= limit) return;
    if (busy) continue;
    // Another process may have been faster, and some systems do not rename a folder whose files are open.
    const aside = await setAside(path).catch(() => null);
    if (aside === null) continue;
    await rm(aside, { recursive: true, force: true }).catch(() => undefined);
    total -= bytes;
  }
}

/** A folder with all that is below it. */
async function measure(path: string): Promise<Folder> {
  const names: string[] = await readdir(path, { recursive: true }).catch(() => []);
  const files = names.map((name) => join(path, name));
  const sizes = files.map(async (file) => {
    const entry = await stat(file).catch(() => null);
    return entry?.isFile() ? entry.size : 0;
  });
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  const used = (await stat(path).catch(() => null))?.mtimeMs ?? 0;
  const locks = files.filter((file) => basename(file) === lockName).map((file) => isLocked(file));
  return { path, bytes, used, busy: (await Promise.all(locks)).includes(true) };
}
