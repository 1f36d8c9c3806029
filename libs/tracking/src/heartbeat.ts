import { utimesSync, writeFileSync } from 'node:fs';
import { rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

export type Clock = () => Date;

const fileName = 'alive';
const periodMs = 5_000;

/** Makes the heartbeat file of a new record's folder. */
export function createHeartbeat(folder: string, clock: Clock): void {
  const path = join(folder, fileName);
  writeFileSync(path, '');
  utimesSync(path, clock(), clock());
}

/** Touches the heartbeat file every 5 s, without keeping the process alive, until the returned function ends it. */
export function startHeartbeat(folder: string, clock: Clock): () => Promise<void> {
  // A missed beat is no reason to stop training: at worst another host shows the record as interrupted for a while.
  const timer = setInterval(() => void touch(folder, clock).catch(() => undefined), periodMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await rm(join(folder, fileName), { force: true });
  };
}

/** When the folder's owner last gave a sign of life; null when there is no heartbeat file. */
export async function lastHeartbeat(folder: string): Promise<Date | null> {
  const found = await stat(join(folder, fileName)).catch(() => null);
  return found?.mtime ?? null;
}

async function touch(folder: string, clock: Clock): Promise<void> {
  await utimes(join(folder, fileName), clock(), clock());
}
