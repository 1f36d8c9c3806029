import { mapConcurrently } from '@thaw/base';
import type { RunStore } from '@thaw/tracking';
import { mostInDetail } from '../api/operations/comparison.ts';
import { describeRun } from './describe-run.ts';
import { namedRuns, noteTo, runsAtOnce } from './named-runs.ts';
import { resultsOrReason } from './run-results.ts';

/** What is known of runs, as `namedRuns` gives them, and why some are missing. */
export async function runsInDetail(store: RunStore, queries: readonly string[]) {
  const { records, problems } = await namedRuns(store, queries);
  const inDetail = records.length <= mostInDetail;
  const runs = await mapConcurrently(records, runsAtOnce, async (record) => {
    const read = await store.metricsFrom(record.id, 0).catch(noteTo(problems));
    if (!read) return [];
    const results = inDetail ? (await resultsOrReason(store, record.id)).results : null;
    return [{ run: describeRun(record), epochs: read.epochs, results }];
  });
  return { runs: runs.flat(), problems };
}
