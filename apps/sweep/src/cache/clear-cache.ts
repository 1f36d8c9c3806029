import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '@thaw/base';
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
  const age = olderThan === null ? null : milliseconds(olderThan);
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

function milliseconds(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(m|h|d)$/.exec(text.trim());
  if (!match) {
    throw new UserError(
      `--older-than: found ${JSON.stringify(text)}; allowed: a number and m, h or d, such as 12h or 30d`,
    );
  }
  return Number(match[1]) * { m: 60e3, h: 3600e3, d: 86400e3 }[match[2] as 'm' | 'h' | 'd'];
}
