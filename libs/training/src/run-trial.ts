import { sha256 } from '@thaw/base';
import type { Engine, Weights } from '@thaw/compute';
import { decoderVersion, foldDatasets, type Dataset } from '@thaw/data';
import { settingsSchema, withoutPlace, type EpochRecord, type Settings } from '@thaw/experiment';
import { withBackboneDefaults, withBatchNorm } from '@thaw/model';
import { anySignal } from './any-signal.ts';
import { checkpointVersion } from './checkpoint/checkpoint-version.ts';
import { Checkpoints, type CheckpointOptions } from './checkpoint/checkpoints.ts';
import { evaluateFolds } from './evaluate-folds.ts';
import { evaluateTrained, type Evaluation } from './evaluate-trained.ts';
import { withMemoryAdvice } from './memory/require-memory.ts';
import { TrialMemory } from './memory/trial-memory.ts';
import type { TrialObserver } from './observer.ts';
import { openTrial, type OpenTrial } from './open-trial.ts';
import { trainEpochs, type TrainEpochsOptions } from './train-epochs.ts';
import { trainFolds } from './train-folds.ts';
import { savedNetworks, type SavedNetwork } from './saved-networks.ts';
import { symmetriesIn, viewsOf } from './sources/view.ts';
import { withTrained } from './trained-weights.ts';

export interface RunTrialOptions {
  readonly engine: Engine;
  /** Where weights, features and what else can be used again are kept. */
  readonly cacheDir: string;
  /** Where what frozen layers make of images is kept, if not in the cache. */
  readonly rowsDir?: string;
  readonly observer: TrialObserver;
  /** Aborts between two batches: `runTrial` throws the signal's reason. */
  readonly signal?: AbortSignal;
  /**
   * Asked after each epoch that another would follow; true ends the trial there, evaluated like any other. With folds it is asked
   * after each fold.
   */
  readonly prune?: (record: EpochRecord) => Promise<boolean>;
  /** Aborts once the running epoch is over and a checkpoint is written: `runTrial` throws the signal's reason. */
  readonly epochSignal?: AbortSignal;
  /** Training goes on from its last checkpoint, and ends as if it had never stopped; it begins anew when left out. */
  readonly checkpoint?: CheckpointOptions;
  /** What the data set must be: throws OtherData where it is another one, or cannot be read. */
  readonly fingerprint?: string;
  /** The SHA-256 of what its backbone must start from: throws OtherData where that is another; any will do when left out. */
  readonly weightsSha256?: string | undefined;
  /** What it is trained on, where that is read already; without it `settings` say what is read. */
  readonly dataset?: Dataset;
  /** False leaves the test images alone. */
  readonly test?: boolean | undefined;
  /** What earlier trials of this process have read and opened; nothing when left out. */
  readonly memory?: TrialMemory;
}

export interface TrialResult extends Evaluation {
  /** Whether `prune` ended it before its time. */
  readonly pruned: boolean;
  /** What it was trained and tested on. */
  readonly dataset: Dataset;
  readonly classes: readonly string[];
  /** What was trained, in inference, as it is to be kept. */
  readonly networks: readonly SavedNetwork[];
  readonly data: {
    /** With folds all training images train, and all are validated. */
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
 * One trial from settings to result: data, weights, frozen features, epochs (of each fold, where there are folds), and at the very
 * end one evaluation on the test images. The same settings give the same result. Throws UserError for what the user can mend and TrialFailure when training
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
  const { engine, observer, signal, epochSignal, checkpoint, prune, test = true } = options;
  const trial = await openTrial(memory, settings, options);
  const { dataset, model, suffix, source, backbone, weights } = trial;
  const onProgress = (done: number, total: number) => observer.phase('features', done, total);
  const symmetries = symmetriesIn(settings);
  const evaluated = [...dataset.validation, ...(test ? dataset.test : [])];
  await source.prepare(viewsOf(evaluated, symmetries), null, {
    signal: anySignal(signal, epochSignal),
    onProgress,
  });
  const key = sha256(
    JSON.stringify([
      checkpointVersion(settings, suffix, { ...model, trainable: trial.trainable }),
      decoderVersion(),
      engine.name,
      withoutPlace({ ...settings, model: asRecorded(settings.model, backbone.isFolded) }),
      dataset.fingerprint,
      backbone.sha256,
    ]),
  );
  const training = {
    settings,
    engine,
    source,
    cacheDir: options.cacheDir,
    network: suffix,
    weights,
    trainable: trial.trainable,
    headLayers: model.headLayers,
    depths: model.depths,
    penalties: model.penalties,
    observer,
    checkpoints: checkpoint ? new Checkpoints(checkpoint, key) : null,
    signal,
    prune,
    epochSignal,
  };
  const needs = { settings, classes: dataset.classes.length, engine };
  // Behind a frozen front the next trial comes to its end soon; a whole network takes longer, and much memory while it is kept open.
  const passing = suffix.layers.length < model.network.layers.length;
  const evaluating = { engine, observer, symmetries, passing, test };
  const { evaluation, trained, pruned } = await withMemoryAdvice(needs, () =>
    dataset.folds
      ? runFolds(training, trial, evaluating)
      : runOnce({ ...training, dataset }, trial, evaluating),
  );
  return {
    ...evaluation,
    pruned,
    dataset,
    classes: dataset.classes,
    networks: savedNetworks(model, trained, dataset.folds !== null),
    data: {
      train: dataset.folds ? dataset.validation.length : dataset.train.length,
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

/** With all that is left out resolved and its keys in the schema's order, by which checkpoints know them. */
function asRecorded(model: Settings['model'], isFolded: boolean): Settings['model'] {
  return settingsSchema.shape.model.parse(withBackboneDefaults(withBatchNorm(model, isFolded)));
}

/** What training came to, and the weights of each network that it gave. */
interface Ran {
  readonly evaluation: Evaluation;
  readonly trained: readonly Weights[];
  readonly pruned: boolean;
}

type Evaluating = Parameters<typeof evaluateTrained>[4];

async function runOnce(
  training: TrainEpochsOptions,
  { dataset, suffix, source }: OpenTrial,
  evaluating: Evaluating,
): Promise<Ran> {
  const trained = await trainEpochs(training);
  const evaluation = await evaluateTrained(trained, dataset, suffix, source, evaluating);
  return { evaluation, trained: [trained.weights], pruned: trained.pruned };
}

async function runFolds(
  training: Parameters<typeof trainFolds>[0],
  { dataset, suffix, source, weights: initial }: OpenTrial,
  evaluating: Evaluating,
): Promise<Ran> {
  const folds = foldDatasets(dataset);
  const trained = await trainFolds(training, folds);
  const { finished, pruned } = trained;
  const folded = { dataset, folds, initial };
  const evaluation = await evaluateFolds(trained, folded, suffix, source, evaluating);
  return { evaluation, trained: finished.map(({ weights }) => withTrained(initial, weights)), pruned };
}
