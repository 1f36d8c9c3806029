import { Random, UserError } from '@thaw/base';
import type { Engine, Network, Trainer, Weights } from '@thaw/compute';
import type { Dataset } from '@thaw/data';
import type { EpochRecord, Settings } from '@thaw/experiment';
import { anySignal } from './any-signal.ts';
import type { Checkpoints } from './checkpoint/checkpoints.ts';
import { EarlyStopper } from './early-stopping.ts';
import { learningRates } from './learning-rates.ts';
import { inChunks } from './sources/in-chunks.ts';
import type { InputSource } from './sources/input-source.ts';
import type { TrialObserver } from './observer.ts';
import { optimizerOf } from './optimizer-of.ts';
import type { Augmenting } from './sources/pixels.ts';
import { predictImages } from './predict-images.ts';
import { readAhead } from './sources/read-ahead.ts';
import { rowsOf, score } from './score.ts';
import { TrainingLoss } from './training-loss.ts';
import { TrialFailure } from './trial-failure.ts';

export interface TrainEpochsOptions {
  readonly settings: Settings;
  readonly dataset: Dataset;
  readonly engine: Engine;
  readonly source: InputSource;
  /** The part of the network that trains, and the layers of it that do. */
  readonly network: Network;
  readonly weights: Weights;
  readonly trainable: ReadonlySet<string>;
  readonly penalties: ReadonlyMap<string, number>;
  readonly observer: TrialObserver;
  /** Where training goes on from and leaves what it has come to; nowhere when null. */
  readonly checkpoints: Checkpoints | null;
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
  /** Whether `prune` ended training. */
  readonly pruned: boolean;
}

/**
 * Trains epoch by epoch until the epochs are used up or early stopping or `prune` ends them, from the last checkpoint on where
 * there is one; the observer hears of its epochs, too. Throws TrialFailure when the loss is no longer finite.
 */
export async function trainEpochs(options: TrainEpochsOptions): Promise<Trained> {
  const { settings, engine, network, trainable, observer, checkpoints, epochSignal, prune } = options;
  requireMoves(options);
  const before = (await checkpoints?.read()) ?? null;
  const weights = withMoved(options.weights, before?.weights);
  const trainer = await engine.trainer(network, weights, {
    trainable,
    ...optimizerOf(settings.training, options),
    state: before?.optimizer,
  });
  const objective = new TrainingLoss(settings.training, options.dataset);
  const stopper = new EarlyStopper(settings.training.early_stopping, before?.stopper);
  const epochs = [...(before?.epochs ?? [])];
  let kept = withMoved(options.weights, before?.kept);
  let epoch = epochs.length;
  let stop = before?.over ?? false;
  let pruned = before?.pruned ?? false;
  try {
    for (const record of epochs) observer.epoch(record);
    while (!stop) {
      epochSignal?.throwIfAborted();
      epoch++;
      const started = performance.now();
      const trained = await trainEpoch(epoch, { trainer, objective, records: epochs }, options);
      const now = await trainer.weights();
      const averaged = settings.training.use_ema ? await trainer.weights('averaged') : now;
      const validation = await evaluateEpoch(averaged, options);
      const seconds = (performance.now() - started) / 1000;
      const record = { epoch, ...trained, ...validation, seconds };
      observer.epoch(record);
      const decision = stopper.update(record);
      if (decision.keep) kept = averaged;
      stop = decision.stop || epoch >= settings.training.epochs;
      if (!stop && prune) stop = pruned = await prune(record);
      epochs.push(record);
      if (checkpoints && (checkpoints.due || epochSignal?.aborted)) {
        await checkpoints.write(async () => ({
          epochs,
          ...movedWeights(trainable, now, kept),
          optimizer: await trainer.optimizerState(),
          stopper: stopper.state,
          over: stop,
          pruned,
        }));
      }
    }
  } finally {
    await trainer.dispose();
  }
  return { epochs: epoch, kept: stopper.kept!, weights: kept, pruned };
}

/** Throws UserError where gradients are gathered from more batches than training has. */
function requireMoves({ settings: { training }, dataset }: TrainEpochsOptions): void {
  const { gradient_accumulation_steps: steps = 1, epochs, batch_size } = training;
  const batches = epochs * Math.ceil(dataset.train.length / batch_size);
  if (steps <= batches) return;
  const message = `training.gradient_accumulation_steps: found ${steps}; allowed: up to ${batches}, the batches of all ${epochs} epochs`;
  throw new UserError(message, { kind: 'invalid' });
}

/** What training has made of weights, in the place of what they were. */
function withMoved(initial: Weights, moved: Weights = new Map()): Weights {
  return new Map([...initial, ...moved]);
}

/** The layers that train alone: the others are as they were. */
function movedWeights(trainable: ReadonlySet<string>, now: Weights, kept: Weights) {
  const moved = (all: Weights) =>
    new Map([...all].filter(([key]) => trainable.has(key.slice(0, key.lastIndexOf('/')))));
  const weights = moved(now);
  return { weights, kept: kept === now ? weights : moved(kept) };
}

type TrainedEpoch = Pick<EpochRecord, 'loss' | 'accuracy' | 'images_per_second'>;

interface Training {
  readonly trainer: Trainer;
  readonly objective: TrainingLoss;
  /** Of the epochs before. */
  readonly records: readonly EpochRecord[];
}

async function trainEpoch(
  epoch: number,
  { trainer, objective, records }: Training,
  options: TrainEpochsOptions,
): Promise<TrainedEpoch> {
  const { settings, dataset, source, observer, signal, epochSignal } = options;
  const { batch_size, epochs, seed } = settings.training;
  const images = new Random('shuffle', seed, epoch).shuffle(dataset.train);
  const augmenting: Augmenting | null = settings.augmentation && {
    options: settings.augmentation,
    seed,
    epoch,
  };
  await source.prepare(images, augmenting, {
    // What is prepared so far is kept and need not be prepared again.
    signal: anySignal(signal, epochSignal),
    onProgress: (done, total) => observer.phase('features', done, total),
  });
  const batches = inChunks(images, batch_size);
  const place = { epoch, epochs, batches: batches.length, records };
  const rateOf = learningRates(settings.training, place);
  const started = performance.now();
  const totals = { loss: 0, accuracy: 0, images: 0 };
  let step = 0;
  for await (const [batch, inputs] of readAhead(batches, (each) => source.load(each, augmenting))) {
    signal?.throwIfAborted();
    const rate = rateOf(step++);
    const penalty = await trainer.penalty();
    const rows = rowsOf(await trainer.step(inputs, objective.labels(batch), rate, objective.weights(batch)));
    const { accuracy } = score(batch, rows);
    const loss = objective.of(batch, rows) + penalty;
    if (!Number.isFinite(loss)) throw new TrialFailure(notFinite(epoch, step, batches.length, rate));
    totals.loss += loss * batch.length;
    totals.accuracy += accuracy * batch.length;
    totals.images += batch.length;
    observer.batch(totals.images, images.length, totals.images / ((performance.now() - started) / 1000));
  }
  return {
    loss: totals.loss / totals.images,
    accuracy: totals.accuracy / totals.images,
    images_per_second: totals.images / ((performance.now() - started) / 1000),
  };
}

async function evaluateEpoch(
  weights: Weights,
  { engine, network, source, dataset, observer }: TrainEpochsOptions,
): Promise<Pick<EpochRecord, 'val_loss' | 'val_accuracy'>> {
  const predictor = await engine.predictor(network, weights);
  try {
    const images = dataset.validation;
    const rows = await predictImages(predictor, source, images, (done) =>
      observer.phase('evaluation', done, images.length),
    );
    const { loss, accuracy } = score(images, rows);
    return { val_loss: loss, val_accuracy: accuracy };
  } finally {
    await predictor.dispose();
  }
}

function notFinite(epoch: number, batch: number, batches: number, learningRate: number): string {
  return (
    `the loss is not a number any more in epoch ${epoch}, batch ${batch} of ${batches}; ` +
    `with learning rate ${learningRate} training diverges: try a smaller one`
  );
}
