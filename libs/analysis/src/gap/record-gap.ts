import type { SettingsPaths } from '@thaw/experiment';
import { testTwinPairs, twinPairs, type GapDocument, type FileStore } from '@thaw/tracking';
import type { AnalysisListener } from '../listener.ts';
import { chooseRun } from './choose-run.ts';
import { drawFigures } from './figures/draw-figures.ts';
import { measureGap } from './measure-gap.ts';
import { mistakePictures, twinPictures } from './pictures.ts';
import { writeFigures } from './write-figures.ts';

export interface RecordGapOptions {
  /** An id, a beginning of one or `latest`. Exactly one of run and sweep is given. */
  readonly run: string | null;
  readonly sweep: string | null;
  /** On how many grouped splits the trial is trained again to measure leakage; 0: not at all. */
  readonly retrain: number;
  readonly cacheDir: string;
  readonly listener: AnalysisListener;
  /** Where the images lie now; see `dataOfRun`. */
  readonly moved?: SettingsPaths | undefined;
  readonly signal?: AbortSignal;
}

const twinsShown = 12;

/**
 * Measures the gap of a run, or of the best run of a sweep, and writes figures and report into the run's folder. What was
 * computed before `signal` ends it is kept and not computed again.
 */
export async function recordGap(store: FileStore, options: RecordGapOptions): Promise<GapDocument> {
  const chosen = await chooseRun(store, options);
  const folder = await store.gapFolder(chosen.run.id);
  const { document, data } = await measureGap(store, chosen, { ...options, figures: folder });
  const groups = await store.groups(chosen.run.id);
  // Those that an earlier version has left stand in the folder that gives way.
  if (groups) await store.keepGroups(chosen.run.id, groups);
  const twins = twinPairs(groups?.images ?? [], twinsShown).map(({ training, validation, ...pair }) => {
    return { ...pair, known: training, measured: validation };
  });
  const testTwins = testTwinPairs(groups?.images ?? [], twinsShown).map(({ test, ...pair }) => {
    return { ...pair, measured: test };
  });
  const page = {
    document,
    settings: chosen.run.settings,
    figures: await drawFigures(document),
    mistakes: data ? await mistakePictures(document.mistakes.test, data.images) : [],
    twins: data ? await twinPictures(twins, data.images) : [],
    testTwins: data ? await twinPictures(testTwins, data.images) : [],
  };
  await writeFigures(folder, page);
  return document;
}
