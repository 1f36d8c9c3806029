import { join } from 'node:path';
import { UserError } from '@thaw/base';
import type { Network, Weights } from '@thaw/compute';
import { trainingImagesOf, type ImageFile } from '@thaw/data';
import { prefixed, withPaths, type PredictionRow, type Summary } from '@thaw/experiment';
import { ensembleOf } from '@thaw/model';
import type { RunStore, SweepRecord } from '@thaw/tracking';
import { evaluateSaved, loadNetworks, openEngine, refitTrial } from '@thaw/training';
import { forecastFor } from '../forecast/forecast-sentences.ts';
import type { RunData } from '../groups/data-of-run.ts';
import type { AnalysisListener } from '../listener.ts';
import { startedFrom } from '../results/started-from.ts';
import { noteLook } from '../test-set/note-look.ts';
import { ensembleWords, refitWords } from './fold-words.ts';
import type { PromotableRun } from './promotable-run.ts';
import { imagesCompared, type KnownPredictions } from './verify-export.ts';

/** What becomes of a run: its own network, or, with folds, one that is trained anew on all their images, or the mean of the folds'. */
export const promotedAs = ['run', 'refit', 'ensemble'] as const;
export type PromotedAs = (typeof promotedAs)[number];

export interface PromotedNetwork {
  readonly as: PromotedAs;
  readonly network: Network;
  readonly weights: Weights;
  /** What this network says of the test images; none where the test set is sealed. */
  readonly test: readonly PredictionRow[];
  /** What it says of some images, by which the export is verified; none where the images are gone. */
  readonly known: KnownPredictions;
  /** Of the run; test figures are those of this network. */
  readonly summary: Summary;
  /** What to know of it, in sentences. */
  readonly notes: readonly string[];
}

export interface PromotedNetworkOptions {
  /** Null for what the run has: `refit` with folds, else `run`. */
  readonly as: PromotedAs | null;
  readonly runsDir: string;
  readonly found: RunData | { readonly missing: string };
  readonly listener: AnalysisListener;
  readonly signal?: AbortSignal | undefined;
  readonly now?: () => Date;
}

type Store = Pick<RunStore, 'predictions' | 'sweeps' | 'noteOpening'>;
type Run = PromotableRun['run'];

/**
 * The network that a promotion exports. A UserError where the run cannot be promoted so. Nothing of a sealed test set is predicted; a
 * refit is another look at an open one, which is noted with the sweep unless that is running.
 */
export async function promotedNetwork(
  store: Store,
  { run, sweep }: Pick<PromotableRun, 'run' | 'sweep'>,
  { as, ...options }: PromotedNetworkOptions,
): Promise<PromotedNetwork> {
  const { folds } = run.summary;
  if (!folds) {
    if (as === null || as === 'run') return asItIs(store, run, options);
    const why = { refit: 'nothing to refit', ensemble: 'one network and no mean of several' }[as];
    throw new UserError(
      `run ${run.id} was trained without folds, so there is ${why}: it is promoted as it is`,
      { kind: 'conflict' },
    );
  }
  if (as === 'run') {
    throw new UserError(
      `run ${run.id} has ${folds.length} networks, one a fold, and not one that could be promoted as it is: refit it, or take their mean`,
      { kind: 'conflict' },
    );
  }
  return as === 'ensemble'
    ? meanOfFolds(store, run, folds.length, options)
    : refitted(store, { run, sweep }, options);
}

type Options = Omit<PromotedNetworkOptions, 'as'>;

const modelFolder = (runsDir: string, run: Run) => join(runsDir, 'runs', run.id, 'model');

async function asItIs(store: Store, run: Run, { runsDir }: Options): Promise<PromotedNetwork> {
  const folder = modelFolder(runsDir, run);
  const { prefix, suffix, frozen, members } = await loadNetworks(
    withPaths(run.settings, run.paths),
    run.classes.length,
    { folder, folds: null, sha256: startedFrom(run) },
  );
  const { network, weights } = ensembleOf({ prefix, suffix }, frozen, members);
  const test = run.sealed ? [] : await store.predictions(run.id, 'test');
  const known: KnownPredictions = run.sealed
    ? { part: 'validation', rows: await store.predictions(run.id, 'validation') }
    : { part: 'test', rows: test };
  return { as: 'run', network, weights, test, known, summary: run.summary, notes: [] };
}

/** Needs no image but to verify the export: the run has predicted the mean. */
async function meanOfFolds(
  store: Store,
  run: Run,
  folds: number,
  { runsDir, found, listener, signal }: Options,
): Promise<PromotedNetwork> {
  const kept = { folder: modelFolder(runsDir, run), folds, sha256: startedFrom(run) };
  const networks = await loadNetworks(withPaths(run.settings, run.paths), run.classes.length, kept);
  const { network, weights } = ensembleOf(networks, networks.frozen, networks.members);
  const test = run.sealed ? [] : await store.predictions(run.id, 'test');
  let known: KnownPredictions = { part: 'test', rows: test };
  if (run.sealed && !('missing' in found)) {
    const { dataset, settings } = found;
    const options = { engine: await engineOf(run, listener), cacheDir: join(runsDir, 'cache'), signal };
    const observer = listener.beginTrial(0, 1, settings);
    const images = someOf(trainingImagesOf(dataset));
    const { rows } = await evaluateSaved(settings, dataset, images, kept, { ...options, observer });
    known = { part: 'train', rows };
  }
  const notes = [
    ensembleWords(run.settings.split, { isShared: networks.prefix !== null, sealed: run.sealed }),
  ];
  return { as: 'ensemble', network, weights, test, known, summary: run.summary, notes };
}

async function refitted(
  store: Store,
  { run, sweep }: { readonly run: Run; readonly sweep: SweepRecord | null },
  { runsDir, found, listener, signal, now = () => new Date() }: Options,
): Promise<PromotedNetwork> {
  if ('missing' in found) {
    throw new UserError(`run ${run.id} cannot be refitted on all its training images: ${found.missing}`, {
      kind: 'conflict',
    });
  }
  const { dataset, settings } = found;
  const { best_epoch: epochs, val_accuracy } = run.summary;
  const images = trainingImagesOf(dataset);
  const observer = listener.beginTrial(0, 1, settings);
  const { network, weights, rows, figures } = await refitTrial(settings, dataset, {
    engine: await engineOf(run, listener),
    cacheDir: join(runsDir, 'cache'),
    observer,
    weightsSha256: startedFrom(run),
    epochs,
    predict: run.sealed ? someOf(images) : dataset.test,
    beforePredict: async () => {
      if (run.sealed || !sweep || sweep.state === 'running') return;
      const forecast = forecastFor(sweep, run.number);
      await noteLook(store, sweep, run, { why: 'refit', forecast, now: now() });
    },
    signal,
  });
  const gap = val_accuracy - figures.accuracy;
  const summary = run.sealed ? run.summary : { ...run.summary, ...prefixed('test_', figures), gap };
  listener.endTrial(0, settings, summary);
  return {
    ...{ as: 'refit', network, weights, test: run.sealed ? [] : rows, summary },
    known: { part: run.sealed ? 'train' : 'test', rows },
    notes: [refitWords(run.settings.split, { images: images.length, epochs, sealed: run.sealed })],
  };
}

function engineOf({ provenance }: Run, listener: AnalysisListener) {
  return openEngine((provenance as { engine?: unknown }).engine, listener.note);
}

/** As many as the export is verified by, of all classes. */
function someOf(images: readonly ImageFile[]): ImageFile[] {
  const step = Math.max(1, Math.floor(images.length / imagesCompared));
  return images.filter((_, i) => i % step === 0).slice(0, imagesCompared);
}
