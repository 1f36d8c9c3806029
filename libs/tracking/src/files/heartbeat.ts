import { rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Clock = () => Date;

const fileName = 'alive';
const periodMs = 5_000;

/** Gives a sign of life in a record's folder: the time of its heartbeat file. */
export async function beat(folder: string, clock: Clock): Promise<void> {
  const path = join(folder, fileName);
  await writeFile(path, '');
  await utimes(path, clock(), clock());
}

/**
 * Gives a sign of life every 5 s, without keeping the process alive, until the returned function ends it. The first comes after
 * 5 s: until then a record's own time says that it has just begun.
 */
export function startHeartbeat(folder: string, clock: Clock): () => Promise<void> {
  let beating = Promise.resolve();
  const timer = setInterval(() => {
    // A missed beat is no reason to stop training: at worst another host shows the record as interrupted for a while.
    beating = beat(folder, clock).catch(() => undefined);
  }, periodMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    // Or it would make the file anew.
    await beating;
    await rm(join(folder, fileName), { force: true });
  };
}

/** When the folder's owner last gave a sign of life; null when there is no heartbeat file. */
export async function lastHeartbeat(folder: string): Promise<Date | null> {
  const found = await stat(join(folder, fileName)).catch(() => null);
  return found?.mtime ?? null;
}
