import { mapConcurrently, UserError } from '@thaw/base';
import type { Store } from '@thaw/tracking';
import { mostInDetail } from '../api/operations/comparison.ts';
import { describeRun } from './describe-run.ts';
import { runResults } from './run-results.ts';

const runsAtOnce = 8;

/** What is known of runs, each once, in their order, and why some are missing. */
export async function comparedRuns(store: Store, ids: readonly string[]) {
  const problems: string[] = [];
  const chosen = [...new Set(ids)];
  const runs = await mapConcurrently(chosen, runsAtOnce, async (id) => {
    try {
      const run = describeRun(await store.run(id));
      const epochs = await store.metrics(id);
      const { results } = chosen.length > mostInDetail ? { results: null } : await runResults(store, id);
      return [{ run, epochs, results }];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(error.message);
      return [];
    }
  });
  return { runs: runs.flat(), problems };
}
