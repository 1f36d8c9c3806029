import { Random, sha256 } from '@thaw/base';
import type { Engine, Network, Weights } from '@thaw/compute';
import { decoderVersion, loadDataset, type Dataset } from '@thaw/data';
import { withoutPlace, type EpochRecord, type Settings } from '@thaw/experiment';
import { buildModel, cutNetwork, foldHeadWeights, initializeWeights, loadBackboneWeights } from '@thaw/model';
import { anySignal } from './any-signal.ts';
import { Checkpoints, type CheckpointOptions } from './checkpoint/checkpoints.ts';
import { evaluateTrained, type Evaluation } from './evaluate-trained.ts';
import { FrozenSource } from './sources/frozen-source.ts';
import { ImageSource } from './sources/image-source.ts';
import type { InputSource } from './sources/input-source.ts';
import { expectData } from './other-data.ts';
import { requireMemory, withMemoryAdvice } from './memory/require-memory.ts';
import type { TrialObserver } from './observer.ts';
import { trainEpochs } from './train-epochs.ts';
import { TrialMemory } from './memory/trial-memory.ts';

export interface RunTrialOptions {
  readonly engine: Engine;
  /** Where weights, features and what else can be used again are kept. */
  readonly cacheDir: string;
  readonly observer: TrialObserver;
  /** Aborts between two batches: `runTrial` throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Asked after each epoch that another would follow; true ends the trial there, evaluated like any other. */
  readonly prune?: (record: EpochRecord) => Promise<boolean>;
  /** Aborts once the running epoch is over and a checkpoint is written: `runTrial` throws the signal's reason. */
  readonly epochSignal?: AbortSignal;
  /** Training goes on from its last checkpoint, and ends as if it had never stopped; it begins anew when left out. */
  readonly checkpoint?: CheckpointOptions;
  /** What the data set must be: throws OtherData where it is another one, or cannot be read. */
  readonly fingerprint?: string;
  /** What earlier trials of this process have read and opened; nothing when left out. */
  readonly memory?: TrialMemory;
}

/** Bump when a change of training would make earlier checkpoints wrong. */
const checkpointVersion = 1;

export interface TrialResult extends Evaluation {
  /** Whether `prune` ended it before its time. */
  readonly pruned: boolean;
  /** What it was trained and tested on. */
  readonly dataset: Dataset;
  readonly classes: readonly string[];
  /** The whole trained network in inference, frozen part and head. */
  readonly network: Network;
  readonly weights: Weights;
  readonly data: {
    readonly train: number;
    readonly validation: number;
    readonly test: number;
    readonly fingerprint: string;
    readonly skipped: Dataset['skipped'];
    readonly warnings: Dataset['warnings'];
    readonly depth_range: Dataset['depthRange'];
  };
  /** What the backbone started from. */
  readonly weightsOrigin: string;
  readonly weightsSha256: string;
  /** The most memory that the process has held, in bytes. */
  readonly peakMemoryBytes: number;
}

/**
 * One trial from settings to result: data, weights, frozen features, epochs, and at the very end one evaluation on the test
 * images. The same settings give the same result. Throws UserError for what the user can mend and TrialFailure when training
 * comes to nothing.
 */
export async function runTrial(settings: Settings, options: RunTrialOptions): Promise<TrialResult> {
  const memory = options.memory ?? new TrialMemory();
  let finished = false;
  try {
    const result = await runWith(memory, settings, options);
    finished = true;
    return result;
  } finally {
    if (!options.memory || !finished) await memory.clear();
  }
}

async function runWith(
  memory: TrialMemory,
  settings: Settings,
  options: RunTrialOptions,
): Promise<TrialResult> {
  const { engine, cacheDir, observer, signal, epochSignal, checkpoint, prune } = options;
  const dataset = await expectData(options.fingerprint, () =>
    memory.dataset(JSON.stringify([settings.dataset, settings.split, cacheDir]), () =>
      loadDataset(settings, {
        cacheDir,
        onProgress: (done, total) => observer.phase('data', done, total),
      }),
    ),
  );
  const needs = { settings, classes: dataset.classes.length, engine };
  await requireMemory(needs);
  const model = buildModel(settings.model, dataset.classes.length);
  const { network, trainable, headLayers, depths, penalties } = model;
  const { seed } = settings.training;
  const { backbone: name, alpha, image_size, weights: origin, scenario } = settings.model;
  const drawn = scenario === 'from_scratch' || origin === 'random' ? seed : null;
  const backbone = await memory.weights(
    JSON.stringify([name, alpha, image_size, origin, drawn, cacheDir]),
    () => loadBackboneWeights(settings.model, network, { cacheDir, seed }),
  );
  const head = initializeWeights(network, new Random('head', seed), headLayers);
  const weights = new Map([...backbone.weights, ...head]);
  const { prefix, suffix } = cutNetwork(network, trainable);
  const sourceKey = JSON.stringify([
    prefix,
    backbone.sha256,
    settings.dataset.interpolation,
    dataset.depthRange,
    image_size,
    dataset.fingerprint,
    await engine.describe(),
  ]);
  const source = await memory.source(sourceKey, () =>
    inputSource(settings, dataset, prefix, suffix, weights, options),
  );
  const onProgress = (done: number, total: number) => observer.phase('features', done, total);
  await source.prepare([...dataset.validation, ...dataset.test], null, {
    signal: anySignal(signal, epochSignal),
    onProgress,
  });
  const key = sha256(
    JSON.stringify([
      checkpointVersion,
      decoderVersion,
      engine.name,
      withoutPlace(settings),
      dataset.fingerprint,
      backbone.sha256,
    ]),
  );
  const training = {
    settings,
    dataset,
    engine,
    source,
    network: suffix,
    weights,
    trainable,
    headLayers,
    depths,
    penalties,
    observer,
    checkpoints: checkpoint ? new Checkpoints(checkpoint, key) : null,
    signal,
    prune,
    epochSignal,
  };
  const trained = await withMemoryAdvice(needs, () => trainEpochs(training));
  const { predictions, summary } = await evaluateTrained(trained, dataset, suffix, source, options);
  return {
    summary,
    pruned: trained.pruned,
    dataset,
    classes: dataset.classes,
    predictions,
    network: model.exported,
    weights: foldHeadWeights(network, trained.weights),
    data: {
      train: dataset.train.length,
      validation: dataset.validation.length,
      test: dataset.test.length,
      fingerprint: dataset.fingerprint,
      skipped: dataset.skipped,
      warnings: dataset.warnings,
      depth_range: dataset.depthRange,
    },
    weightsOrigin: backbone.origin,
    weightsSha256: backbone.sha256,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  };
}

function inputSource(
  settings: Settings,
  { train, validation, test, depthRange }: Dataset,
  prefix: Network | null,
  suffix: Network,
  weights: Weights,
  { engine, cacheDir }: RunTrialOptions,
): InputSource {
  const pixels = {
    size: settings.model.image_size,
    interpolation: settings.dataset.interpolation,
    ...(depthRange && { depthRange }),
    backbone: settings.model.backbone,
  };
  const images = train.length + validation.length + test.length;
  if (!prefix) return new ImageSource({ engine, pixels, cacheDir, images });
  const { shape } = suffix.input;
  return new FrozenSource({ engine, cacheDir, prefix, weights, shape, pixels, images });
}
