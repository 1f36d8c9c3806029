import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { processExists, processTable } from '@thaw/base';

/** Where a worker records runs until the tracker has them. Workers of other hosts and containers may share the folder. */
export function localRuns(runsDir: string): string {
  return join(folderOf(runsDir), `${processTable()}-${process.pid}`);
}

/**
 * Removes what workers of this host (on Linux: of this boot and process namespace) have left that were killed, as far as it may be
 * removed: another user's stays.
 */
export async function removeRunsOfDead(runsDir: string): Promise<void> {
  const names: string[] = await readdir(folderOf(runsDir)).catch(() => []);
  for (const name of names) {
    const [table, pid] = name.split('-');
    if (table !== processTable() || processExists(Number(pid))) continue;
    await rm(join(folderOf(runsDir), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function folderOf(runsDir: string): string {
  return join(runsDir, 'worker');
}
