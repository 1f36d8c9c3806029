import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { temporarySibling } from '../files/temporary-sibling.ts';
import { processExists } from '../process-table.ts';

const heartbeatMs = 10_000;
const staleMs = 60_000;
const pollMs = 100;

export interface FileLockOptions {
  /** Ends waiting for the lock, with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called about ten times a second while another holds the lock. */
  readonly onWait?: () => void | Promise<void>;
  readonly now?: () => number;
}

/**
 * Runs `work` while holding the lock file `path`, so that one process at a time does; others wait. The lock of a process
 * that died is taken over: at once if it ran on this host, otherwise when it has given no sign of life for a minute.
 */
export async function withFileLock<T>(
  path: string,
  work: () => Promise<T>,
  { signal, onWait, now = Date.now }: FileLockOptions = {},
): Promise<T> {
  const token = JSON.stringify({ host: hostname(), pid: process.pid, id: randomUUID() });
  while (!(await create(path, token))) {
    signal?.throwIfAborted();
    await removeIfDead(path, now);
    await onWait?.();
    await wait(pollMs);
  }
  const heartbeat = setInterval(() => {
    const time = new Date(now());
    utimes(path, time, time).catch(() => undefined);
  }, heartbeatMs).unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if ((await readFile(path, 'utf8').catch(() => null)) === token) await rm(path, { force: true });
  }
}

async function create(path: string, token: string): Promise<boolean> {
  try {
    await writeFile(path, token, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Whether somebody holds the lock file `path`: false where there is none, or its process is known or taken to have died. */
export async function isLocked(path: string, now: () => number = Date.now): Promise<boolean> {
  const lock = await look(path);
  return lock !== null && !isDead(lock, now);
}

interface Lock {
  readonly token: string;
  /** Its last sign of life. */
  readonly changedMs: number;
}

async function look(path: string): Promise<Lock | null> {
  const token = await readFile(path, 'utf8').catch(() => null);
  const changed = await stat(path).catch(() => null);
  return token === null || changed === null ? null : { token, changedMs: changed.mtimeMs };
}

async function removeIfDead(path: string, now: () => number): Promise<void> {
  const found = await look(path);
  if (found === null || !isDead(found, now)) return;
  // Two processes may find the same dead lock: only one can rename it, and the slower one must not keep what it then
  // catches, the first one's new lock.
  const aside = temporarySibling(path);
  try {
    await rename(path, aside);
    if ((await readFile(aside, 'utf8')) !== found.token) await link(aside, path);
  } catch {
    return;
  } finally {
    await rm(aside, { force: true });
  }
}

function isDead({ token, changedMs }: Lock, now: () => number): boolean {
  if (now() - changedMs >= staleMs) return true;
  let owner: { host?: unknown; pid?: unknown };
  try {
    owner = JSON.parse(token) as typeof owner;
  } catch {
    return false; // still being written
  }
  return owner.host === hostname() && typeof owner.pid === 'number' && !processExists(owner.pid);
}
