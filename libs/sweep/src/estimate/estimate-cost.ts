import type { Dataset } from '@thaw/data';
import type { Experiment, Settings } from '@thaw/experiment';
import { trialsOfAllCosts, type SweepDataset } from '../begin/preflight.ts';
import { datasetOf } from '../begin/trial-settings.ts';
import { measurePace, type MeasurePaceOptions, type Pace } from './measure-pace.ts';

/** What a sweep will take at most: early stopping ends trials before. */
export interface Cost {
  /** Of all trials, one after the other; of each trial where nobody can say how many there will be. */
  readonly seconds: number;
  /** Images that are trained on in all, each as often as it is. */
  readonly images: number;
  /** Kinds of trials (scenario, size, batches) that differ in cost, and of how many a few steps were measured. */
  readonly kinds: number;
  readonly measured: number;
}

export interface EstimateCostOptions extends MeasurePaceOptions {
  readonly datasets: readonly SweepDataset[];
  /** How many trials are to run; Infinity where nobody can say. */
  readonly trials: number;
  /** No further kind is measured after so many seconds. */
  readonly patience: number;
  readonly onMeasured: (done: number, total: number) => void;
  /** `measurePace` but in tests. */
  readonly measure?: typeof measurePace;
}

/**
 * What the trials of an experiment will take on this machine, from a few steps of each kind of trial; kinds for which there was
 * no time count as the mean of the others. Throws what a trial of these settings would fail with.
 */
export async function estimateCost(
  experiment: Experiment,
  { datasets, trials, patience, onMeasured, measure = measurePace, ...options }: EstimateCostOptions,
): Promise<Cost> {
  const all = trialsOfAllCosts(experiment);
  const kinds = new Map(all.map((settings) => [kindOf(settings), settings]));
  const dataOf = (settings: Settings) => (datasetOf(settings, datasets) ?? datasets[0]!).dataset;
  const paces = new Map<string, Pace>();
  const deadline = options.clock() + 1000 * patience;
  for (const [kind, settings] of kinds) {
    if (paces.size > 0 && options.clock() > deadline) break;
    paces.set(kind, await measure(settings, dataOf(settings), options));
    onMeasured(paces.size, kinds.size);
  }
  const usual = meanOf([...paces.values()]);
  const costs = all.map((settings) =>
    costOf(settings, dataOf(settings), paces.get(kindOf(settings)) ?? usual),
  );
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const count = Number.isFinite(trials) ? trials : 1;
  // What frozen layers make of the images is computed once for all trials of a kind.
  const shared = [...kinds].map(
    ([kind, settings]) => (paces.get(kind) ?? usual).featuresOfImage * imagesOf(dataOf(settings)),
  );
  return {
    seconds: count * mean(costs.map(({ seconds }) => seconds)) + Math.min(count, kinds.size) * mean(shared),
    images: count * mean(costs.map(({ images }) => images)),
    kinds: kinds.size,
    measured: paces.size,
  };
}

/** What decides how long a step takes; heads hardly matter. */
function kindOf({ model, augmentation, training, dataset }: Settings): string {
  const { backbone, alpha, image_size, weights, scenario, unfreeze_from } = model;
  const first = scenario === 'partial_unfreeze' ? unfreeze_from : null;
  const place = 'path' in dataset ? dataset.path : dataset.source;
  return JSON.stringify([
    ...[place, backbone, alpha, image_size, weights, scenario, first],
    ...[augmentation !== null, training.batch_size],
  ]);
}

function costOf(
  { split, training }: Settings,
  { train, validation, folds }: Dataset,
  { begin, epoch, stepOfImage }: Pace,
): { seconds: number; images: number } {
  const parts = folds ? (split.folds ?? 2) : 1;
  const epochs = training.epochs * parts * (folds ? (split.repeats ?? 1) : 1);
  const learned = folds ? validation.length * (1 - 1 / parts) : train.length;
  const validated = folds ? validation.length / parts : validation.length;
  const ofEpoch = epoch + stepOfImage * (learned + shareOfStep * validated);
  return { seconds: begin + epochs * ofEpoch, images: epochs * learned };
}

/** What validating an image takes of a step: there is no gradient. */
const shareOfStep = 1 / 3;

function imagesOf({ train, validation, test }: Dataset): number {
  return train.length + validation.length + test.length;
}

function meanOf(paces: readonly Pace[]): Pace {
  const mean = (key: keyof Pace) => paces.reduce((sum, pace) => sum + pace[key], 0) / paces.length;
  return {
    begin: mean('begin'),
    featuresOfImage: mean('featuresOfImage'),
    epoch: mean('epoch'),
    stepOfImage: mean('stepOfImage'),
  };
}
