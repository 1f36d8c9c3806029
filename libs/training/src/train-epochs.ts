import { UserError } from '@thaw/base';
import type { Engine, Network, OptimizerState, Weights } from '@thaw/compute';
import type { Dataset } from '@thaw/data';
import {
  headEpochs,
  imageSizeIn,
  prefixed,
  type EpochRecord,
  type MetricName,
  type Settings,
} from '@thaw/experiment';
import { accumulationProblem } from './accumulation-problem.ts';
import type { EpochCheckpoints } from './checkpoint/checkpoints.ts';
import { EarlyStopper } from './early-stopping.ts';
import { phaseBegin, phaseOf } from './phases.ts';
import type { InputSource } from './sources/input-source.ts';
import { SizedInputs } from './sources/sized-inputs.ts';
import { symmetriesIn } from './sources/view.ts';
import type { TrialObserver } from './observer.ts';
import { optimizerOf } from './optimizer-of.ts';
import { predictValidation } from './predict-images.ts';
import { noFigures, score } from './score.ts';
import { trainEpoch } from './train-epoch.ts';
import { trainedWeights, withTrained } from './trained-weights.ts';
import { TrainingLoss } from './training-loss.ts';
import { TrialFailure } from './trial-failure.ts';

export interface TrainEpochsOptions {
  readonly settings: Settings;
  readonly dataset: Dataset;
  readonly engine: Engine;
  readonly source: InputSource;
  /** Where the pixels of images may be kept. */
  readonly cacheDir: string;
  /** The part of the network that trains, and the layers of it that do. */
  readonly network: Network;
  readonly weights: Weights;
  readonly trainable: ReadonlySet<string>;
  readonly headLayers: readonly string[];
  readonly depths: ReadonlyMap<string, number>;
  readonly penalties: ReadonlyMap<string, number>;
  readonly observer: TrialObserver;
  /** Where training goes on from and leaves what it has come to; nowhere when null. */
  readonly checkpoints: EpochCheckpoints | null;
  /** Aborts between two batches. */
  readonly signal?: AbortSignal;
  /** Asked after each epoch that another would follow; true ends training there. */
  readonly prune?: (record: EpochRecord) => Promise<boolean>;
  /** Aborts between two epochs, with a checkpoint. */
  readonly epochSignal?: AbortSignal;
}

export interface Trained {
  /** Epochs that were trained. */
  readonly epochs: number;
  /** The epoch whose weights these are. */
  readonly kept: EpochRecord;
  readonly weights: Weights;
  /** What these say of the validation images, a row of probabilities each; null where that epoch was before a checkpoint. */
  readonly validated: readonly Float32Array[] | null;
  /** Whether `prune` ended training. */
  readonly pruned: boolean;
}

/**
 * Trains epoch by epoch until the epochs are used up or early stopping or `prune` ends them, from the last checkpoint on where
 * there is one; the observer hears of its epochs, too. Throws TrialFailure when the loss is no longer finite, or the network that is
 * left answers with what is no number.
 */
export async function trainEpochs(options: TrainEpochsOptions): Promise<Trained> {
  const { settings, engine, trainable, observer, checkpoints, epochSignal, prune } = options;
  requireMoves(options);
  const before = (await checkpoints?.read()) ?? null;
  const trainableIn = (epoch: number) => phaseOf(epoch, settings, options, []).trainable;
  const inputs = new SizedInputs({ ...options, full: options });
  const inputIn = (epoch: number) => inputs.at(imageSizeIn(epoch, settings));
  const batches = Math.ceil(options.dataset.train.length / settings.training.batch_size);
  const start = async (epoch: number, weights: Weights, state?: OptimizerState) =>
    engine.trainer((await inputIn(epoch)).network, weights, {
      trainable: trainableIn(epoch),
      ...optimizerOf(settings, options),
      stepsBefore: (phaseBegin(epoch, settings, options) - 1) * batches,
      state,
    });
  const alone = headEpochs(settings);
  const { use_ema = false } = settings.training;
  const objective = new TrainingLoss(settings.training, options.dataset);
  const stopper = new EarlyStopper(settings.training.early_stopping, before?.stopper, alone);
  const epochs = [...(before?.epochs ?? [])];
  let kept = withTrained(options.weights, before?.kept);
  let keptRows: readonly Float32Array[] | null = null;
  let epoch = epochs.length;
  let stop = before?.over ?? false;
  let pruned = before?.pruned ?? false;
  let trainer = stop
    ? null
    : await start(epoch + 1, withTrained(options.weights, before?.weights), before?.optimizer);
  try {
    for (const record of epochs) observer.epoch(record);
    while (trainer && !stop) {
      epochSignal?.throwIfAborted();
      epoch++;
      const started = performance.now();
      const { rates } = phaseOf(epoch, settings, options, epochs);
      const size = imageSizeIn(epoch, settings);
      const { source } = await inputIn(epoch);
      const trained = await trainEpoch(epoch, { size, trainer, objective, rates }, { ...options, source });
      const validated = await trainer.weights(use_ema ? 'averaged' : 'current');
      const { rows, figures } = await evaluateEpoch(validated, options);
      const seconds = (performance.now() - started) / 1000;
      const record = { epoch, ...trained, ...figures, seconds };
      observer.epoch(record);
      const decision = stopper.update(record);
      if (decision.keep) [kept, keptRows] = [validated, rows];
      stop = decision.stop || epoch >= settings.training.epochs;
      if (!stop && prune) stop = pruned = await prune(record);
      epochs.push(record);
      const more = trainableIn(epoch + 1).size > trainableIn(epoch).size;
      if (!stop && (more || imageSizeIn(epoch + 1, settings) !== size)) {
        // Where more of the network trains from here on, it does so from the weights that were validated and by a new optimiser.
        const state = more ? undefined : await trainer.optimizerState();
        const now = use_ema && !more ? await trainer.weights() : validated;
        await trainer.dispose();
        trainer = await start(epoch + 1, now, state);
      }
      const current = trainer;
      if (checkpoints && (checkpoints.due || epochSignal?.aborted)) {
        await checkpoints.write(async () => ({
          epochs,
          ...movedWeights(trainable, use_ema ? await current.weights() : validated, kept),
          optimizer: await current.optimizerState(),
          stopper: stopper.state,
          over: stop,
          pruned,
        }));
      }
    }
  } finally {
    await trainer?.dispose();
    await inputs.dispose();
  }
  requireNumbers(stopper.kept!, trainedWeights(trainable, kept), options.dataset);
  return { epochs: epoch, kept: stopper.kept!, weights: kept, validated: keptRows, pruned };
}

/**
 * No loss of a batch shows what the last step has done, and accuracy counts an answer of NaN as one for the first class. Answers alone do
 * not tell: an engine's relu6 may make 0 of NaN.
 */
function requireNumbers(kept: EpochRecord, weights: Weights, { validation }: Dataset): void {
  const broken = [...weights].find(([, { data }]) => !data.every(Number.isFinite))?.[0];
  const silent = validation.length > 0 && Number.isNaN(kept.val_loss);
  if (broken === undefined && !silent) return;
  const what = broken === undefined ? 'the answers to validation images' : `weights (${broken})`;
  throw new TrialFailure(
    `${what} became NaN or infinite in epoch ${kept.epoch}: training diverges, try a smaller learning rate`,
  );
}

/** Throws UserError where gradients are gathered from more batches than training, or a phase of it, has. */
function requireMoves({ settings, dataset, ...layers }: TrainEpochsOptions): void {
  const problem = accumulationProblem(settings, layers, dataset.train.length);
  if (problem !== null) throw new UserError(`training.gradient_accumulation_steps: ${problem}`);
}

function movedWeights(trainable: ReadonlySet<string>, now: Weights, kept: Weights) {
  const weights = trainedWeights(trainable, now);
  return { weights, kept: kept === now ? weights : trainedWeights(trainable, kept) };
}

async function evaluateEpoch(
  weights: Weights,
  { settings, network, source, dataset, ...options }: TrainEpochsOptions,
): Promise<{
  readonly rows: readonly Float32Array[];
  readonly figures: Readonly<Record<`val_${MetricName}`, number>>;
}> {
  const images = dataset.validation;
  // Of a refit on all training images.
  if (images.length === 0) return { rows: [], figures: prefixed('val_', noFigures) };
  const symmetries = symmetriesIn(settings);
  const rows = await predictValidation(images, network, weights, source, { ...options, symmetries });
  return { rows, figures: prefixed('val_', score(images, rows)) };
}
