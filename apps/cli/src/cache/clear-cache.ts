import { join } from 'node:path';
import { removeCacheEntries, sum } from '@thaw/base';
import { durationOption } from '../commands/duration-option.ts';
import { formatBytes } from './format-bytes.ts';

export interface ClearCacheOptions {
  readonly runsDir: string;
  /** Such as `12h` or `30d`; null for everything. */
  readonly olderThan: string | null;
  readonly now: Date;
}

/** Removes what is kept, or of it what was not used for a time. */
export async function clearCache({ runsDir, olderThan, now }: ClearCacheOptions): Promise<void> {
  const age = olderThan === null ? null : durationOption('older-than', olderThan);
  const entries = await removeCacheEntries(
    join(runsDir, 'cache'),
    ({ used }) => age === null || now.getTime() - used.getTime() > age,
  );
  const bytes = formatBytes(sum(entries.map((entry) => entry.bytes)));
  const what = entries.length === 1 ? '1 entry' : `${entries.length} entries`;
  process.stdout.write(`Removed ${what}, ${bytes}.\n`);
}
