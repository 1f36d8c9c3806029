import type { RunRecord, FileStore, StoreIndex } from '@thaw/tracking';

/**
 * A run, as its sweep knows it: of a process that died (out of memory) only the sweep has the reason. A UserError for one that was
 * deleted, is not there or cannot be read.
 */
export async function findRun(store: FileStore, index: StoreIndex, id: string): Promise<RunRecord> {
  const run = await store.run(id);
  if (run.state !== 'interrupted' || run.sweep === null) return run;
  const trial = index.sweep(run.sweep)?.trials.find((each) => each.run === run.id);
  return trial?.state === 'failed' ? { ...run, state: 'failed', error: trial.error } : run;
}
