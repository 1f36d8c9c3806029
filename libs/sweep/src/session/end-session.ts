import { join } from 'node:path';
import { openTest, recordForecast, sealedChoice, type AnalysisListener } from '@thaw/analysis';
import { UserError } from '@thaw/base';
import type { FileStore, SweepState, SweepWriter } from '@thaw/tracking';
import { countTrialsLeft } from '../begin/count-trials.ts';
import { endOfSweep } from '../end-of-sweep.ts';
import { removeCheckpoints } from '../executors/checkpoint-files.ts';
import type { ReadySweep } from './ready-sweep.ts';

export interface EndSessionOptions {
  readonly runsDir: string;
  /** Whether somebody has ended the session. */
  readonly stopped: boolean;
  readonly listener: AnalysisListener;
}

/** What a session has come to. */
export interface SessionEnd {
  readonly state: Exclude<SweepState, 'running'>;
  readonly anyFinished: boolean;
  /** Trials that are left to run; Infinity where the search has no end. */
  readonly missing: number;
}

/** Records what a sweep has come to whose session is over, concludes what can be, and removes what no further session needs. */
export async function endSession(
  store: FileStore,
  { sweep: { experiment } }: Pick<ReadySweep, 'sweep'>,
  writer: SweepWriter,
  { runsDir, stopped, listener }: EndSessionOptions,
): Promise<SessionEnd> {
  const { trials } = await store.sweep(writer.id);
  const anyFinished = trials.some((trial) => trial.state === 'finished');
  // What has failed in the end is run again only where that is asked for.
  const missing = countTrialsLeft(experiment, trials, { retry: 0 });
  const state = endOfSweep({ stopped, anyFinished, missing });
  await writer.finish(state);
  // A search without an end is over when it is stopped.
  const isOver = missing === 0 || missing === Number.POSITIVE_INFINITY;
  // A program of the user's own brings what there is to conclude.
  if (anyFinished && isOver && 'settings' in experiment) {
    await conclude(store, writer.id, { runsDir, stopped: stopped && missing > 0, listener });
  }
  if (missing === 0) await removeCheckpoints(writer.id, join(runsDir, 'cache'));
  return { state, anyFinished, missing };
}

/**
 * What is left to do of a sweep whose trials are over: a forecast, from training images alone, and only then, under `test: best`, a
 * look at the test set by the trial that was chosen. One that was `stopped` with trials left can go on and choose another, so that its
 * test set stays sealed. What hinders it is said and does not undo the sweep.
 */
async function conclude(
  store: FileStore,
  id: string,
  { runsDir, stopped, listener }: EndSessionOptions,
): Promise<void> {
  try {
    await recordForecast(store, id, { cacheDir: join(runsDir, 'cache') });
    if (stopped) return;
    const sealed = (await store.sweep(id)).test === 'best' ? await sealedChoice(store, id) : null;
    if (sealed) await openTest(store, sealed, { runsDir, why: 'chosen', listener });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    listener.note(error.message, error.remedy);
  }
}
