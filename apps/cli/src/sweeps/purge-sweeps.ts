import { join } from 'node:path';
import { counted, sum } from '@thaw/base';
import { removeCheckpoints } from '@thaw/sweep';
import { openStore } from '@thaw/tracking';
import { formatBytes } from '../cache/format-bytes.ts';
import { agreed } from '../runs/agreed.ts';

/** Removes deleted sweeps, and the runs that went with them, for good once the user has said yes, and says how much space that gave. */
export async function purgeSweeps({ runsDir, yes }: { runsDir: string; yes: boolean }): Promise<void> {
  const store = openStore(runsDir);
  const deleted = await store.deletedSweeps();
  if (deleted.length === 0) {
    process.stdout.write('there are no deleted sweeps\n');
    return;
  }
  const ids = deleted.map(({ id }) => id);
  const runs = counted(sum(deleted.map((sweep) => sweep.runs.length)), 'run');
  if (!yes && !(await agreed({ what: 'remove for good', kind: 'sweep', ids, also: `with ${runs}` }))) {
    process.stdout.write('nothing was removed\n');
    return;
  }
  await store.purgeSweeps(ids);
  for (const id of ids) await removeCheckpoints(id, join(runsDir, 'cache'));
  const bytes = formatBytes(sum(deleted.map((sweep) => sweep.bytes)));
  process.stdout.write(`removed for good: ${counted(ids.length, 'deleted sweep')} with ${runs}, ${bytes}\n`);
}
