import {
  runResults,
  validationResults,
  type RunResults,
  type ValidationResults,
} from '@thaw/analysis/recorded';
import { UserError } from '@thaw/base';
import type { RunStore } from '@thaw/tracking';
import { cacheDir } from './runs-dir.ts';

/** The figures of a run on both parts, or why there are none; of one whose test set is sealed those of validation. */
export async function resultsAndValidation(
  store: RunStore,
  query: string,
): Promise<Awaited<ReturnType<typeof resultsOrReason>> & { validation: ValidationResults | null }> {
  const found = await resultsOrReason(store, query);
  // One with results on both parts has none on one alone, which would read and score its predictions again.
  const validation = found.results
    ? null
    : await validationResults(store, await store.run(query), { cacheDir: cacheDir() });
  return { ...found, validation };
}

/** The figures of a run on both parts, or why there are none. */
export async function resultsOrReason(
  store: RunStore,
  query: string,
): Promise<{ results: RunResults; missing: null } | { results: null; missing: string }> {
  const run = await store.run(query);
  try {
    return { results: await runResults(store, run, { cacheDir: cacheDir() }), missing: null };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { results: null, missing: error.message };
  }
}
