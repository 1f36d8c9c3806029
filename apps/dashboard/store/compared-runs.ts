import { mapConcurrently, UserError } from '@thaw/base';
import type { RunRecord, Store } from '@thaw/tracking';
import { mostInDetail } from '../api/operations/comparison.ts';
import { describeRun } from './describe-run.ts';
import { runResults } from './run-results.ts';

const runsAtOnce = 8;

/** What is known of runs, each once, though two queries name it, in their order, and why some are missing. */
export async function comparedRuns(store: Store, queries: readonly string[]) {
  const problems: string[] = [];
  const records = new Map<string, RunRecord>();
  const found = await mapConcurrently(queries, runsAtOnce, (query) =>
    store.run(query).catch(noteTo(problems)),
  );
  for (const record of found) if (record) records.set(record.id, record);
  const inDetail = records.size <= mostInDetail;
  const runs = await mapConcurrently([...records.values()], runsAtOnce, async (record) => {
    const epochs = await store.metrics(record.id).catch(noteTo(problems));
    if (!epochs) return [];
    const results = inDetail ? (await runResults(store, record.id)).results : null;
    return [{ run: describeRun(record), epochs, results }];
  });
  return { runs: runs.flat(), problems };
}

/** Takes a UserError for a problem of one run, of which nothing comes. */
function noteTo(problems: string[]) {
  return (error: unknown): null => {
    if (!(error instanceof UserError)) throw error;
    problems.push(error.message);
    return null;
  };
}
