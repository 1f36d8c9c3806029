import { compareRows, type ComparedRun } from '@thaw/metrics';
import { UserError } from '@thaw/base';
import type { RunRecord, Store } from '@thaw/tracking';
import { groupsOf } from './run-results.ts';

/** Every pair of those runs that were tested on the images of the first one that has predictions. */
export async function compareOnTest(store: Store, queries: readonly string[]) {
  const notes: string[] = [];
  const runs: ComparedRun[] = [];
  const records = new Map<string, RunRecord>();
  for (const query of queries) {
    const record = await store.run(query);
    records.set(record.id, record);
  }
  for (const { id, classes } of records.values()) {
    const rows = await store.predictions(id, 'test').catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error;
      notes.push(`${error.message}.`);
      return null;
    });
    if (!rows || !classes) continue;
    const run = { id, classes, rows };
    const alone = runs[0] && compareRows('test', [runs[0], run], null);
    if (alone && 'differs' in alone)
      notes.push(`${runs[0]!.id} and ${id} were tested on different images: ${alone.how}.`);
    else runs.push(run);
  }
  let groupOf: Awaited<ReturnType<typeof groupsOf>> = null;
  for (const { id, rows } of runs) groupOf ??= await groupsOf(store, id, rows);
  const compared = runs.length < 2 ? null : compareRows('test', runs, groupOf);
  if (!compared || 'differs' in compared) return { images: 0, groups: null, pairs: [], notes };
  return { images: compared.images, groups: compared.groups, pairs: [...compared.comparisons], notes };
}
