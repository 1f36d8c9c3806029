import { join } from 'node:path';
import { openTest, recordForecast, sealedChoice } from '@thaw/analysis';
import { UserError } from '@thaw/base';
import type { FileStore } from '@thaw/tracking';
import { AnalysisProgress } from '../progress/analysis-progress.ts';

/**
 * What is left to do of a sweep whose trials are over: a forecast, from training images alone, and only then, under `test: best`, a
 * look at the test set by the trial that was chosen. What hinders it is said and does not undo the sweep.
 */
export async function concludeSweep(store: FileStore, id: string, runsDir: string): Promise<void> {
  const listener = new AnalysisProgress(process.stderr, () => performance.now());
  try {
    await recordForecast(store, id, { cacheDir: join(runsDir, 'cache') });
    const sealed = (await store.sweep(id)).test === 'best' ? await sealedChoice(store, id) : null;
    if (sealed) await openTest(store, sealed, { runsDir, why: 'chosen', listener });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    listener.close();
    process.stderr.write(`${error.message}\n`);
  } finally {
    listener.close();
  }
}
