import { UserError } from '@thaw/base';
import type { RunRecord, FileStore, StoreIndex } from '@thaw/tracking';
import { Problem } from '../api/problem.ts';

/**
 * A run, as its sweep knows it: of a process that died (out of memory) only the sweep has the reason. A Problem for one that was
 * deleted, a UserError for one that is not there or cannot be read.
 */
export async function findRun(store: FileStore, index: StoreIndex, id: string): Promise<RunRecord> {
  const run = await runOrProblem(store, id);
  if (run.state !== 'interrupted' || run.sweep === null) return run;
  const trial = index.sweep(run.sweep)?.trials.find((each) => each.run === run.id);
  return trial?.state === 'failed' ? { ...run, state: 'failed', error: trial.error } : run;
}

async function runOrProblem(store: FileStore, id: string): Promise<RunRecord> {
  try {
    return await store.run(id);
  } catch (error) {
    if (error instanceof UserError && (await store.isDeleted(id))) {
      throw new Problem(410, `run ${id} was deleted`);
    }
    throw error;
  }
}
