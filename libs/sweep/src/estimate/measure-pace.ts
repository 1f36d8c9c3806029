import type { Engine } from '@thaw/compute';
import { foldDatasets, type Dataset } from '@thaw/data';
import type { EpochRecord, Settings } from '@thaw/experiment';
import { dearestPhase, runTrial } from '@thaw/training';

/** How long parts of a trial take, in seconds, as measured on a few of its images. */
export interface Pace {
  /** Before the first epoch: reading weights, making graphs. */
  readonly begin: number;
  /** What frozen layers make of an image, once; 0 where that is kept from before. */
  readonly featuresOfImage: number;
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

/** Trains three epochs on four batches of a data set's images, in the phase of training that takes most, and forgets what came of it. */
export async function measurePace(
  { split, training, ...settings }: Settings,
  dataset: Dataset,
  { engine, cacheDir, signal, clock }: MeasurePaceOptions,
): Promise<Pace> {
  const part = sampleOf(dataset, batches * training.batch_size);
  const short = {
    ...settings,
    split: { ...split, folds: undefined, repeats: undefined },
    training: {
      ...dearestPhase(training, Math.ceil(part.train.length / training.batch_size)),
      ...{ epochs, early_stopping: false as const },
    },
  };
  const records: EpochRecord[] = [];
  let [features, counted] = [0, 0];
  let entered: number | null = null;
  const observer = {
    phase: (name: string, done: number, total: number) => {
      if (name !== 'features') return;
      entered ??= clock();
      if (done === total && records.length === 0) [features, counted] = [clock() - entered, total];
    },
    batch: () => undefined,
    epoch: (record: EpochRecord) => records.push(record),
  };
  const begun = clock();
  await runTrial(short, { engine, cacheDir, dataset: part, test: false, observer, signal });
  const last = records.at(-1)!;
  const trained = records.reduce((sum, { seconds }) => sum + seconds, 0);
  const seconds = (clock() - begun) / 1000;
  return {
    begin: Math.max(0, seconds - trained - features / 1000),
    featuresOfImage: counted === 0 ? 0 : features / 1000 / counted,
    epoch: Math.max(0, last.seconds - part.train.length / last.images_per_second),
    stepOfImage: 1 / last.images_per_second,
  };
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
