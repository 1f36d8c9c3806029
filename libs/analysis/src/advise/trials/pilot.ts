import { wholeTraining, type EpochRecord, type Scenario, type Settings } from '@thaw/experiment';
import type { Dataset } from '@thaw/data';
import { dearestPhase, runTrial, type RunTrialOptions } from '@thaw/training';
import { isInfeasible } from './train-fold.ts';

/** How long a network trains. */
export interface Pace {
  readonly imagesPerSecond: number;
  /** What a training takes besides its epochs, and an epoch besides its images. */
  readonly secondsOfTraining: number;
  readonly secondsOfEpoch: number;
  /** What frozen layers take to look at an image, once for all trainings; 0 where that is kept from before. */
  readonly secondsOfFeatures: number;
}

type Options = Pick<RunTrialOptions, 'engine' | 'cacheDir'> & {
  readonly memory: NonNullable<RunTrialOptions['memory']>;
  /** Ends it without a result. */
  readonly deadline: AbortSignal;
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly clock: () => number;
};

/**
 * Two epochs on a few images of the network that trains all its layers or, where that cannot be trained, of the last of the `possible`
 * scenarios that can; null where there was no time for them, or none can be trained.
 */
export async function pilot(
  possible: readonly Scenario[],
  settings: Settings,
  dataset: Dataset,
  options: Options,
): Promise<Pace | null> {
  for (const scenario of possible.toReversed()) {
    try {
      return await paceOf(scenario, settings, dataset, options);
    } catch (error) {
      options.signal.throwIfAborted();
      if (options.deadline.aborted) return null;
      if (!isInfeasible(error)) throw error;
    }
  }
  return null;
}

async function paceOf(
  scenario: Scenario,
  { model, training, ...settings }: Settings,
  dataset: Dataset,
  { deadline, signal, clock, ...options }: Options,
): Promise<Pace> {
  const short = {
    ...settings,
    model: { ...model, scenario },
    training: { ...dearestPhase(training, Math.ceil(dataset.train.length / training.batch_size)), epochs: 2 },
  };
  const records: EpochRecord[] = [];
  let [features, looked] = [0, 0];
  let entered: number | null = null;
  const observer = {
    phase: (name: string, done: number) => {
      if (name !== 'features' || records.length > 0) return;
      entered ??= clock();
      [features, looked] = [(clock() - entered) / 1000, done];
    },
    batch: () => undefined,
    epoch: (record: EpochRecord) => records.push(record),
  };
  const begun = clock();
  const either = AbortSignal.any([deadline, signal]);
  await runTrial(short, { ...options, dataset, test: false, observer, signal: either });
  // Of the first epoch more is counted as its own: graphs are made, threads begin.
  const { images_per_second: imagesPerSecond, seconds } = records.at(-1)!;
  return {
    imagesPerSecond,
    secondsOfTraining: (clock() - begun) / 1000 - records.length * seconds - features,
    secondsOfEpoch: Math.max(0, seconds - dataset.train.length / imagesPerSecond),
    secondsOfFeatures: looked === 0 ? 0 : features / looked,
  };
}

/** The fewest that early stopping leaves: more images tell more than more epochs, as with few the head alone seems best. */
const epochs = 5;

/** Folds, and the share of the images that each epoch takes as long as: those it trains on, and a quarter of those it validates. */
const plans = [
  { mostFolds: 5, share: 0.85 },
  { mostFolds: 3, share: 0.75 },
];

/** How many images, in how many folds, the time suffices for: five folds where that is for all, else three, which take less. */
export function planTrials(
  pace: Pace | null,
  seconds: number,
  images: number,
  possible: readonly Scenario[],
): { most: number; mostFolds: number } {
  const slow = Math.max(1, possible.filter((scenario) => wholeTraining.includes(scenario)).length);
  const sizes = plans.map(({ mostFolds, share }) => {
    if (!pace) return { mostFolds, most: 0 };
    const { imagesPerSecond, secondsOfTraining, secondsOfEpoch, secondsOfFeatures } = pace;
    // Of the scenarios that take longest all train on the first folds, and one goes on to the end.
    const first = Math.floor(mostFolds / 2);
    const trainings = slow * first + mostFolds - first;
    const allowed = seconds / trainings;
    // Where most of the time is for other things, trainings get fewer epochs rather than hardly any image.
    const ofImages = Math.max(allowed / 2, allowed - secondsOfTraining - epochs * secondsOfEpoch);
    const ofLook = (secondsOfFeatures * imagesPerSecond) / trainings;
    return { mostFolds, most: (ofImages * imagesPerSecond) / (epochs * share + ofLook) };
  });
  return sizes.find(({ most }) => most >= images) ?? sizes.at(-1)!;
}
