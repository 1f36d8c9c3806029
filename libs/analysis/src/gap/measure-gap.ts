import { asPredictions, choose } from '@thaw/metrics';
import type { SettingsPaths } from '@thaw/experiment';
import type { GapDocument, RunStore } from '@thaw/tracking';
import { openEngine } from '@thaw/training';
import type { ChosenRun } from './choose-run.ts';
import { explain } from './explain.ts';
import { forecastFor } from '../forecast/forecast-sentences.ts';
import { dataOfRun, groupsFound, type RunData } from '../groups/data-of-run.ts';
import { groupsOfRun } from '../groups/groups-of-run.ts';
import type { AnalysisListener } from '../listener.ts';
import { figuresOf } from '../results/run-results.ts';
import { pretrainedFrom } from '../results/started-from.ts';
import { measureLeakage } from './measure-leakage.ts';
import { measureSelection } from './measure-selection.ts';
import { measureShares } from './measure-shares.ts';
import { measureShift } from './measure-shift.ts';
import { SealedRun } from '../test-set/sealed-run.ts';
import { measureTestLeakage } from './measure-test-leakage.ts';
import { surestMistakes } from './surest-mistakes.ts';

export interface MeasureGapOptions {
  readonly cacheDir: string;
  /** Grouped splits to train on again; 0: none. */
  readonly retrain: number;
  /** Where the figures will be. */
  readonly figures: string;
  readonly listener: AnalysisListener;
  /** Where the images lie now; see `dataOfRun`. */
  readonly moved?: SettingsPaths | undefined;
  readonly signal?: AbortSignal;
}

export interface MeasuredGap {
  readonly document: GapDocument;
  /** Null where the images are gone. */
  readonly data: RunData | null;
}

const mistakesKept = 12;

/** Measures everything that the document of a gap says. */
export async function measureGap(
  store: Pick<RunStore, 'predictions' | 'groups' | 'keepGroups'>,
  chosen: ChosenRun,
  { cacheDir, retrain, figures, listener, signal, moved }: MeasureGapOptions,
): Promise<MeasuredGap> {
  const { run, sweep } = chosen;
  if (run.sealed) throw new SealedRun(run);
  const rows = {
    validation: await store.predictions(run.id, 'validation'),
    test: await store.predictions(run.id, 'test'),
  };
  const found = await dataOfRun(store, run, { cacheDir, listener, signal, moved });
  const data = 'missing' in found ? null : found;
  const groups = await groupsOfRun(store, run, rows, {
    cacheDir,
    look: () => Promise.resolve(groupsFound(found)),
  });
  const { groupOf } = groups;
  const validation = asPredictions(rows.validation, run.classes, groupOf);
  const test = asPredictions(rows.test, run.classes, groupOf);
  const gap = figuresOf(rows, run.classes, groups);
  const unit = groups.unit === 'image' ? 'photograph' : groups.unit;

  const engine = await openEngine((run.provenance as { engine?: unknown } | null)?.engine, listener.note);
  const tested = measureTestLeakage(rows.test, test, groups);
  const leakage = await measureLeakage({
    run,
    found,
    kept: await store.groups(run.id),
    rows: rows.test,
    test,
    tested,
    retrain,
    engine,
    cacheDir,
    listener,
    signal,
  });
  const selection = await measureSelection(store, chosen, rows.validation, groupOf);
  const { files, missing: mixed } = tested;
  const isClean = (file: string) => files?.has(file) ?? true;
  const clean = files ? choose(test, (i) => isClean(rows.test[i]!.file)) : { missing: mixed! };
  const shares = measureShares(
    leakage.sets?.validation ?? validation,
    leakage.testLeakage && leakage.sets ? leakage.sets.test : clean,
    run.classes,
  );
  const shift = await measureShift(files ? found : { missing: mixed! }, {
    engine,
    cacheDir,
    weightsSha256: pretrainedFrom(run),
    isClean,
    onProgress: (done, total) => listener.count('images compared', done, total),
    signal,
  });
  const { cause, parts, honestGap, sentences } = explain({
    gap,
    tested,
    leakage,
    selection,
    shares,
    shift,
    unit,
    grouped: groupOf !== null,
  });
  const document: GapDocument = {
    run: run.id,
    sweep: sweep?.id ?? null,
    ...gap,
    mistakes: {
      validation: surestMistakes(rows.validation, validation, mistakesKept),
      test: surestMistakes(rows.test, test, mistakesKept),
    },
    leakage: { ...leakage.figures, honest_gap: honestGap },
    selection: selection.figures,
    forecast: sweep && forecastFor(sweep, run.number),
    openings: sweep?.openings ?? [],
    shares: shares.figures,
    shift: shift.figures,
    cause,
    parts,
    explanation: sentences,
    unit,
    figures,
  };
  return { document, data };
}
