import { compareRows, type ComparedRun } from '@thaw/metrics';
import type { FileStore } from '@thaw/tracking';
import { namedRuns, noteTo } from './named-runs.ts';
import { groupsOf } from './run-results.ts';

/** Every pair of those runs that were tested on the images of the first one that has predictions; `notes` say why others are missing. */
export async function compareOnTest(store: FileStore, queries: readonly string[]) {
  const { records, problems } = await namedRuns(store, queries);
  const others: string[] = [];
  const runs: ComparedRun[] = [];
  for (const { id, classes } of records) {
    const rows = await store.predictions(id, 'test').catch(noteTo(problems));
    if (!rows || !classes) continue;
    const run = { id, classes, rows };
    const alone = runs[0] && compareRows('test', [runs[0], run], null);
    if (alone && 'differs' in alone)
      others.push(`${runs[0]!.id} and ${id} were tested on different images: ${alone.how}.`);
    else runs.push(run);
  }
  const notes = [...problems.map((problem) => `${problem}.`), ...others];
  let groupOf: Awaited<ReturnType<typeof groupsOf>> = null;
  for (const { id, rows } of runs) groupOf ??= await groupsOf(store, id, rows);
  const compared = runs.length < 2 ? null : compareRows('test', runs, groupOf);
  if (!compared || 'differs' in compared) return { images: 0, groups: null, pairs: [], notes };
  return { images: compared.images, groups: compared.groups, pairs: [...compared.comparisons], notes };
}
