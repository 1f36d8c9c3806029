import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { processExists } from '../process-table.ts';
import { ifGone } from './if-gone.ts';
import { makerOf } from './temporary-sibling.ts';

/** Nothing that is being written stays unchanged for so long. */
const abandonedMs = 3_600_000;

/**
 * Removes from a folder what killed processes had begun to write there, whole or not at all: the temporary files and folders
 * of processes of this host that are dead, and those of other hosts that nobody has changed for an hour. A folder that is not
 * there has none.
 */
export async function removeAbandoned(folder: string, now: () => number = Date.now): Promise<void> {
  const names = await readdir(folder).catch(ifGone<string[]>([]));
  for (const name of names) {
    const maker = makerOf(name);
    if (!maker) continue;
    const path = join(folder, name);
    const abandoned = maker.pid === null ? await isOld(path, now) : !processExists(maker.pid);
    if (abandoned) await rm(path, { recursive: true, force: true });
  }
}

async function isOld(path: string, now: () => number): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && now() - found.mtimeMs > abandonedMs;
}
