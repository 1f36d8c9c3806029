import { rm, stat, writeFile } from 'node:fs/promises';
import { UserError } from '@thaw/base';
import type { Clock } from './heartbeat.ts';

/** What is done under a lock takes milliseconds; an older lock is one whose process was killed. */
const staleMs = 60_000;

/** Runs `body` while holding the lock file `path`; a UserError with `message` where another process holds it. */
export async function withLock<T>(
  path: string,
  clock: Clock,
  message: string,
  body: () => Promise<T>,
): Promise<T> {
  const held = await stat(path).catch(() => null);
  if (held !== null && clock().getTime() - held.mtimeMs > staleMs) await rm(path, { force: true });
  try {
    await writeFile(path, '', { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new UserError(message);
    throw error;
  }
  try {
    return await body();
  } finally {
    await rm(path, { force: true });
  }
}
