import { join } from 'node:path';
import { UserError } from '@thaw/base';
import { prefixed, type SettingsPaths } from '@thaw/experiment';
import { programEngine, type FileStore, type OpeningRecord, type SweepRecord } from '@thaw/tracking';
import { startedFrom } from '../results/started-from.ts';
import { evaluateSaved, openEngine } from '@thaw/training';
import { recordForecast } from '../forecast/record-forecast.ts';
import { chooseRun, type ChosenRun } from '../gap/choose-run.ts';
import { dataOfRun } from '../groups/data-of-run.ts';
import type { AnalysisListener } from '../listener.ts';
import { noteLook } from './note-look.ts';

export interface OpenTestOptions {
  readonly runsDir: string;
  readonly why: OpeningRecord['why'];
  /** Where the images lie now, if not where the run's record says; `dataset.path` alone. */
  readonly moved?: SettingsPaths | undefined;
  readonly listener: AnalysisListener;
  readonly signal?: AbortSignal;
  readonly now?: () => Date;
}

/** The trial whose test images are to be looked at, where that is still to be done. */
export interface Sealed extends ChosenRun {
  readonly sweep: SweepRecord;
}

/**
 * The trial that a sweep has chosen, if its test images were not looked at yet; null where they were. A UserError for a sweep that
 * runs, has nothing chosen, or evaluates each trial on its test set.
 */
export async function sealedChoice(
  store: Pick<FileStore, 'run' | 'sweep'>,
  query: string,
): Promise<Sealed | null> {
  const sweep = await store.sweep(query);
  if (sweep.state === 'running') {
    throw new UserError(`sweep ${sweep.id} is still running; its test set stays sealed until it has ended`, {
      kind: 'conflict',
    });
  }
  if (sweep.engine === programEngine) {
    throw new UserError(
      `the trials of sweep ${sweep.id} run a program of the user's own, which predicts test images itself or leaves them alone`,
      { kind: 'conflict' },
    );
  }
  if (sweep.test === 'each') {
    throw new UserError(
      `the test set of sweep ${sweep.id} is open: each of its trials was evaluated on it (test: each). To keep one sealed, begin a sweep with test: sealed`,
      { kind: 'conflict' },
    );
  }
  const chosen = await chooseRun(store, { run: null, sweep: sweep.id });
  return chosen.run.sealed ? { ...chosen, sweep } : null;
}

/**
 * Evaluates the trial that a sweep has chosen on its test images. Before anything is predicted, the sweep's record has a forecast of
 * it, says that the test set is opened, and keeps what the trial was chosen by.
 */
export async function openTest(
  store: FileStore,
  { sweep, run }: Sealed,
  { runsDir, why, moved, listener, signal, now = () => new Date() }: OpenTestOptions,
): Promise<void> {
  const cacheDir = join(runsDir, 'cache');
  const found = await dataOfRun(store, run, { cacheDir, listener, signal, moved });
  if ('missing' in found) {
    throw new UserError(`the test set of sweep ${sweep.id} cannot be opened: ${found.missing}`, {
      kind: 'conflict',
    });
  }
  const engine = await openEngine((run.provenance as { engine?: unknown } | null)?.engine, listener.note);
  const forecast = await recordForecast(store, sweep.id, { cacheDir, now });
  // One that was noted before and came to nothing is not counted again.
  if (sweep.openings.at(-1)?.run !== run.id) await noteLook(store, sweep, run, { why, forecast, now: now() });
  const modelFolder = join(runsDir, 'runs', run.id, 'model');
  const { folds } = run.summary;
  const { rows, figures } = await evaluateSaved(
    found.settings,
    found.dataset,
    found.dataset.test,
    { folder: modelFolder, folds: folds ? folds.length : null, sha256: startedFrom(run) },
    {
      engine,
      cacheDir,
      signal,
      observer: {
        phase: (name, done, total) => {
          listener.count(`test images: ${name}`, done, total);
        },
        batch: () => undefined,
        epoch: () => undefined,
      },
    },
  );
  const gap = run.summary.val_accuracy - figures.accuracy;
  await store.unseal(run.id, rows, { ...prefixed('test_', figures), gap });
}
