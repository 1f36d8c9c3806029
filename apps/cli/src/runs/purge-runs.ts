import { openStore } from '@thaw/tracking';
import { formatBytes } from '../cache/format-bytes.ts';
import { agreed } from './agreed.ts';

/** Removes deleted runs for good once the user has said yes, all of them, and says how much space that gave. */
export async function purgeRuns({ runsDir, yes }: { runsDir: string; yes: boolean }): Promise<void> {
  const store = openStore(runsDir);
  const deleted = await store.deletedRuns();
  if (deleted.length === 0) {
    process.stdout.write('there are no deleted runs\n');
    return;
  }
  const ids = deleted.map(({ id }) => id);
  if (!yes && !(await agreed({ what: 'remove for good', kind: 'run', ids }))) {
    process.stdout.write('nothing was removed\n');
    return;
  }
  await store.purgeRuns(ids);
  const bytes = deleted.reduce((sum, run) => sum + run.bytes, 0);
  process.stdout.write(
    `removed for good: ${ids.length} deleted ${ids.length === 1 ? 'run' : 'runs'}, ${formatBytes(bytes)}\n`,
  );
}
