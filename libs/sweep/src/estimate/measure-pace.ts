import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sum } from '@thaw/base';
import type { Engine } from '@thaw/compute';
import { foldDatasets, type Dataset } from '@thaw/data';
import type { EpochRecord, Settings } from '@thaw/experiment';
import { dearestPhase, rowsIn, runTrial } from '@thaw/training';

/** How long parts of a trial take, in seconds, as measured on a few of its images. */
export interface Pace {
  /** Before the first epoch: reading weights, making graphs. */
  readonly begin: number;
  /** What frozen layers make of an image, once; 0 where nothing is frozen. */
  readonly featuresOfImage: number;
  /** What they make of an augmented view of an image, in each epoch; 0 where a step does so itself. */
  readonly viewOfImage: number;
  /** An epoch, besides its images. */
  readonly epoch: number;
  /** A step, for each image that is trained on. */
  readonly stepOfImage: number;
}

export interface MeasurePaceOptions {
  readonly engine: Engine;
  readonly cacheDir: string;
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly clock: () => number;
}

/** Of the first epoch more is counted as its own: graphs are made, threads begin. */
const epochs = 3;
const batches = 4;

/**
 * Trains three epochs on four batches of a data set's images, in the phase of training that takes most, and forgets what came of it. What
 * frozen layers make of images is computed anew, even where the cache has it. Each image is seen once in evaluation, whatever
 * `evaluation` says.
 */
export async function measurePace(
  { split, training, ...settings }: Settings,
  dataset: Dataset,
  { engine, cacheDir, signal, clock }: MeasurePaceOptions,
): Promise<Pace> {
  const part = sampleOf(dataset, batches * training.batch_size);
  const short = {
    ...settings,
    evaluation: undefined,
    split: { ...split, folds: undefined, repeats: undefined },
    training: {
      ...dearestPhase(training, Math.ceil(part.train.length / training.batch_size)),
      ...{ epochs, early_stopping: false as const },
    },
  };
  const records: EpochRecord[] = [];
  const prepared: Prepared[] = [];
  let since: { readonly at: number; readonly done: number } | null = null;
  const observer = {
    phase: (name: string, done: number, total: number) => {
      if (name !== 'features') return;
      since ??= { at: clock(), done };
      if (done < total) return;
      const seconds = (clock() - since.at) / 1000;
      prepared.push({ epoch: records.length, images: total - since.done, seconds });
      since = null;
    },
    batch: () => undefined,
    epoch: (record: EpochRecord) => records.push(record),
  };
  const seconds = await withRows(cacheDir, async (rowsDir) => {
    const begun = clock();
    await runTrial(short, { engine, cacheDir, rowsDir, dataset: part, test: false, observer, signal });
    return (clock() - begun) / 1000;
  });
  const last = records.at(-1)!;
  const trained = sum(records.map(({ seconds }) => seconds));
  const inLast = prepared.filter(({ epoch }) => epoch === epochs - 1);
  const steps = part.train.length / last.images_per_second;
  return {
    // Before the first epoch stand the images that are validated.
    begin: Math.max(0, seconds - trained - (prepared[0]?.seconds ?? 0)),
    featuresOfImage: secondsOfImage(prepared.filter(({ epoch }) => epoch === 0)),
    viewOfImage: secondsOfImage(inLast),
    epoch: Math.max(0, last.seconds - steps - sum(inLast.map((each) => each.seconds))),
    stepOfImage: 1 / last.images_per_second,
  };
}

/** What `work` gives with a folder that holds no rows yet and is removed afterwards. */
async function withRows<T>(cacheDir: string, work: (rowsDir: string) => Promise<T>): Promise<T> {
  const all = rowsIn(cacheDir);
  await mkdir(all, { recursive: true });
  const rowsDir = await mkdtemp(join(all, 'measured-'));
  try {
    return await work(rowsDir);
  } finally {
    await rm(rowsDir, { recursive: true, force: true });
  }
}

/** What frozen layers made of images, so many epochs having ended. */
interface Prepared {
  readonly epoch: number;
  /** Those that were not kept from before. */
  readonly images: number;
  readonly seconds: number;
}

/** 0 of none. */
function secondsOfImage(prepared: readonly Prepared[]): number {
  const computed = prepared.filter(({ images }) => images > 0);
  const images = sum(computed.map((each) => each.images));
  return images === 0 ? 0 : sum(computed.map(({ seconds }) => seconds)) / images;
}

/** So many training images, spread over the classes, and validation images in proportion. */
function sampleOf(dataset: Dataset, images: number): Dataset {
  const [whole] = dataset.folds ? foldDatasets(dataset) : [dataset];
  const { train, validation } = whole!;
  const share = Math.min(1, images / train.length);
  return {
    ...whole!,
    train: spread(train, Math.ceil(share * train.length)),
    validation: spread(validation, Math.max(2, Math.ceil(share * validation.length))),
    test: [],
    folds: null,
  };
}

function spread<T>(items: readonly T[], count: number): T[] {
  const taken = Math.min(count, items.length);
  return Array.from({ length: taken }, (_, i) => items[Math.floor((i * items.length) / taken)]!);
}
