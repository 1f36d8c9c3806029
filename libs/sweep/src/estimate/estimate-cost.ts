import { sum } from '@thaw/base';
import { trainingImagesOf, type Dataset } from '@thaw/data';
import type { Experiment, Settings } from '@thaw/experiment';
import { keepsViews, mixes, symmetriesIn } from '@thaw/training';
import { trialsOfAllCosts, viewsOfEachCost, type SweepDataset } from '../begin/preflight.ts';
import { datasetOf } from '../begin/trial-settings.ts';
import { measurePace, type MeasurePaceOptions, type Pace } from './measure-pace.ts';
import { scaledPace } from './scale-pace.ts';

/** What a sweep will take at most: early stopping ends trials before. */
export interface Cost {
  /** Of all trials, one after the other; of each trial where nobody can say how many there will be. */
  readonly seconds: number;
  /** Images that are trained on in all, each as often as it is. */
  readonly images: number;
  /** Kinds of trials (scenario, size, batches, augmentation) that differ in cost, and of how many a few steps were measured. */
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
 * What the trials of an experiment will take on this machine, from a few steps of each kind of trial; of kinds for which there was
 * no time, from their multiply-adds. Throws what a trial of these settings would fail with.
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
  for (const [kind, settings] of eachBackboneFirst(kinds)) {
    if (paces.size > 0 && options.clock() > deadline) break;
    paces.set(kind, await measure(settings, dataOf(settings), options));
    onMeasured(paces.size, kinds.size);
  }
  const measured = Array.from(paces, ([kind, pace]) => ({ settings: kinds.get(kind)!, pace }));
  for (const [kind, settings] of kinds) {
    if (!paces.has(kind)) paces.set(kind, scaledPace(settings, measured));
  }
  const paceOf = (settings: Settings) => paces.get(kindOf(settings))!;
  const kept = new Map(Array.from(kinds, ([kind, each]) => [kind, keepsViews(each, dataOf(each))]));
  const sharesViews = (settings: Settings) => kept.get(kindOf(settings))!;
  const costs = all.map((settings) => {
    const pace = paceOf(settings);
    const own = sharesViews(settings) ? { ...pace, viewOfImage: 0 } : pace;
    return costOf(settings, dataOf(settings), own);
  });
  const mean = (values: readonly number[]) => sum(values) / values.length;
  const count = Number.isFinite(trials) ? trials : 1;
  const tests = { each: count, best: 1, sealed: 0 }[experiment.test];
  // What frozen layers make of the images is computed once for all trials, that of views once for all of one augmentation and seed;
  // folds have the same views.
  const sharing = [...new Set(all.map(sharedBy))].map((key) => all.filter((each) => sharedBy(each) === key));
  const trialsOfEach = count / sharing.length;
  const shared = sharing.map((those) => {
    const images = those.map((settings) => imagesPrepared(settings, dataOf(settings), tests > 0));
    const views = those
      .filter(sharesViews)
      .map((settings) => settings.training.epochs * trainingImagesOf(dataOf(settings)).length);
    const different = new Set(those.map(viewsBy)).size * viewsOfEachCost(experiment);
    const { featuresOfImage, viewOfImage } = paceOf(those[0]!);
    return (
      Math.min(trialsOfEach, 1) * featuresOfImage * Math.max(...images) +
      Math.min(trialsOfEach, different) * viewOfImage * Math.max(0, ...views)
    );
  });
  return {
    seconds:
      count * mean(costs.map(({ seconds }) => seconds)) +
      tests * mean(costs.map(({ ofTest }) => ofTest)) +
      sum(shared),
    images: count * mean(costs.map(({ images }) => images)),
    kinds: kinds.size,
    measured: measured.length,
  };
}

/** What decides how long a step takes; heads hardly matter. */
function kindOf(settings: Settings): string {
  return JSON.stringify([sharedBy(settings), settings.training.batch_size]);
}

/** Equal for trials that share what frozen layers make of images. */
function sharedBy({ model, augmentation, dataset }: Settings): string {
  const { backbone, alpha, image_size, weights, input, scenario, unfreeze_from } = model;
  const first = scenario === 'partial_unfreeze' ? unfreeze_from : null;
  const place = 'path' in dataset ? dataset.path : dataset.source;
  return JSON.stringify([
    ...[place, backbone, alpha, image_size, weights, input, scenario, first],
    kindOfAugmentation(augmentation),
  ]);
}

/** Equal for trials among these that share what is made of augmented views, too. */
function viewsBy({ augmentation, training }: Settings): string {
  return JSON.stringify([augmentation, training.seed]);
}

/** Of images that are mixed nothing can be kept, however much they are. */
function kindOfAugmentation(augmentation: Settings['augmentation']): unknown {
  if (augmentation === null) return null;
  const { mixup_alpha, cutmix_alpha, ...others } = augmentation;
  return [mixes({ mixup_alpha, cutmix_alpha }), others];
}

/** The seconds of a trial, without and of its test set, that it shares with no other, and the images that it trains on. */
function costOf(
  settings: Settings,
  { train, validation, test, folds }: Dataset,
  { begin, viewOfImage, epoch, stepOfImage }: Pace,
): { seconds: number; ofTest: number; images: number } {
  const { split, training } = settings;
  const parts = folds ? (split.folds ?? 2) : 1;
  const trainings = parts * (folds ? (split.repeats ?? 1) : 1);
  const epochs = training.epochs * trainings;
  const learned = folds ? validation.length * (1 - 1 / parts) : train.length;
  const evaluationOfImage = shareOfStep * stepOfImage * symmetriesIn(settings).length;
  const ofValidation = evaluationOfImage * (folds ? validation.length / parts : validation.length);
  const ofEpoch = epoch + (viewOfImage + stepOfImage) * learned + ofValidation;
  return {
    // Validation images once more at the end of each training, by the weights that are kept.
    seconds: begin + epochs * ofEpoch + trainings * ofValidation,
    ofTest: trainings * evaluationOfImage * test.length,
    images: epochs * learned,
  };
}

/** What evaluating a view of an image takes of a step: there is no gradient. */
const shareOfStep = 1 / 3;

/** Images, each in all its views, of which frozen layers are computed once: those that are augmented never are as they are. */
function imagesPrepared(settings: Settings, { train, validation, test }: Dataset, tested: boolean): number {
  const evaluated = validation.length + (tested ? test.length : 0);
  return (settings.augmentation ? 0 : train.length) + symmetriesIn(settings).length * evaluated;
}

/** Kinds in the order in which they are measured: first one of each backbone, of the next kind each so that scenarios differ, too. */
function eachBackboneFirst(kinds: ReadonlyMap<string, Settings>): [kind: string, settings: Settings][] {
  const all = [...kinds];
  const backbones = [...new Set(all.map(([, { model }]) => model.backbone))];
  const first = backbones.map((backbone, i) => {
    const own = all.filter(([, { model }]) => model.backbone === backbone);
    return own[i % own.length]!;
  });
  return [...new Set([...first, ...all])];
}
