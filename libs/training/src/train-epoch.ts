import { inChunks, Random, readAhead } from '@thaw/base';
import { tensor, type Trainer } from '@thaw/compute';
import type { EpochRecord, MetricName, Settings } from '@thaw/experiment';
import type { Dataset } from '@thaw/data';
import { argmax, evaluate } from '@thaw/metrics';
import { anySignal } from './any-signal.ts';
import type { TrialObserver } from './observer.ts';
import { drawMixing } from './mixing.ts';
import type { InputSource } from './sources/input-source.ts';
import type { Augmenting } from './sources/pixels.ts';
import { rowsOf } from './score.ts';
import type { TrainingLoss } from './training-loss.ts';
import { TrialFailure } from './trial-failure.ts';

export interface TrainEpochOptions {
  readonly settings: Settings;
  readonly dataset: Dataset;
  readonly source: InputSource;
  readonly observer: TrialObserver;
  /** Aborts between two batches. */
  readonly signal?: AbortSignal;
  /** Aborts what only prepares inputs. */
  readonly epochSignal?: AbortSignal;
}

type TrainedEpoch = Readonly<Record<MetricName, number>> &
  Pick<EpochRecord, 'images_per_second' | 'learning_rate'>;

export interface Training {
  /** The side of the images in pixels. */
  readonly size: number;
  readonly trainer: Trainer;
  readonly objective: TrainingLoss;
  /** Of each batch (from 0), when an epoch has so many. */
  rates(batches: number): (batch: number) => number;
}

/** Trains for one epoch. Throws TrialFailure when the loss is no longer finite, and the signal's reason between two batches. */
export async function trainEpoch(
  epoch: number,
  { size, trainer, objective, rates }: Training,
  options: TrainEpochOptions,
): Promise<TrainedEpoch> {
  const { settings, dataset, source, observer, signal, epochSignal } = options;
  const { batch_size, seed } = settings.training;
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
  const rateOf = rates(batches.length);
  const mixingOf = (batch: readonly unknown[], i: number) =>
    settings.augmentation &&
    drawMixing(settings.augmentation, { images: batch.length, size }, new Random('mixing', seed, epoch, i));
  // One is trained on while the next is filled.
  const memory = [0, 1].map(() => new Float32Array(source.length * Math.min(batch_size, images.length)));
  const started = performance.now();
  const totals = { loss: 0, images: 0 };
  const classes = dataset.classes.length;
  const seen = { labels: [] as number[], probabilities: tensor([images.length, classes]) };
  let step = 0;
  const drawn = batches.map((batch, i) => ({
    batch,
    mixing: mixingOf(batch, i),
    into: memory[i % 2]!.subarray(0, source.length * batch.length),
  }));
  for await (const [{ batch, mixing }, inputs] of readAhead(drawn, (each) =>
    source.load(each.batch, augmenting, each.mixing, each.into),
  )) {
    signal?.throwIfAborted();
    const rate = rateOf(step++);
    const penalty = await trainer.penalty();
    const labels = mixing ? mixing.mixLabels(objective.labels(batch)) : objective.labels(batch);
    const probabilities = await trainer.step(inputs, labels, rate, objective.weights(labels));
    const loss = objective.of(labels, probabilities) + penalty;
    if (!Number.isFinite(loss)) throw new TrialFailure(notFinite(loss, epoch, step, batches.length, rate));
    totals.loss += loss * batch.length;
    // The most probable class of a mixed or smoothed label, as Keras's accuracy takes it.
    for (const label of rowsOf(labels)) seen.labels.push(argmax(label));
    // A step may give back the same memory again.
    seen.probabilities.data.set(probabilities.data, totals.images * classes);
    totals.images += batch.length;
    observer.batch(totals.images, images.length, totals.images / ((performance.now() - started) / 1000));
  }
  return {
    ...evaluate(seen.labels, rowsOf(seen.probabilities)),
    // What training minimises, with weights of classes, smoothing and penalties.
    loss: totals.loss / totals.images,
    learning_rate: rateOf(batches.length - 1),
    images_per_second: totals.images / ((performance.now() - started) / 1000),
  };
}

function notFinite(
  loss: number,
  epoch: number,
  batch: number,
  batches: number,
  learningRate: number,
): string {
  return (
    `the loss became ${Number.isNaN(loss) ? 'NaN' : 'infinite'} in epoch ${epoch}, batch ${batch} of ${batches}; ` +
    `with learning rate ${learningRate} training diverges: try a smaller one`
  );
}
