import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { durationOption } from '../commands/duration-option.ts';
import { cacheEntries } from './cache-entries.ts';
import { formatBytes } from './format-bytes.ts';

export interface ClearCacheOptions {
  readonly runsDir: string;
  /** Such as `12h` or `30d`; null for everything. */
  readonly olderThan: string | null;
  readonly now: Date;
}

/**
 * Removes what is kept, or of it what was not used for a time. Each entry is renamed before it is removed, so that nobody
 * finds half of it; a trial that has rows open reads on.
 */
export async function clearCache({ runsDir, olderThan, now }: ClearCacheOptions): Promise<void> {
  const age = olderThan === null ? null : durationOption('older-than', olderThan);
  const entries = (await cacheEntries(join(runsDir, 'cache'))).filter(
    ({ used }) => age === null || now.getTime() - used.getTime() > age,
  );
  let bytes = 0;
  for (const { path, bytes: size } of entries) {
    const aside = join(dirname(path), `.removed-${randomUUID()}`);
    await rename(path, aside);
    await rm(aside, { recursive: true, force: true });
    bytes += size;
  }
  const what = entries.length === 1 ? '1 entry' : `${entries.length} entries`;
  process.stdout.write(`Removed ${what}, ${formatBytes(bytes)}.\n`);
}
