import { foldDatasets, type Dataset } from '@thaw/data';
import {
  pathsOf,
  readExperiment,
  withPaths,
  type Experiment,
  type ModelSettings,
  type Problem,
  type Settings,
} from '@thaw/experiment';
import { buildModel, type Model } from '@thaw/model';
import { accumulationProblem } from '@thaw/training';
import { datasetOf, withStrategy } from './trial-settings.ts';

interface Read {
  readonly settings: Settings;
  readonly dataset: Dataset;
}

/**
 * Throws UserError, with the file's line, where a trial gathers gradients from more batches than its training has: how many images
 * each fold trains on is known only once they are read. Of seeds that are drawn the first split is looked at.
 */
export function checkAccumulation(
  { text, file, set, settings, parameters }: Experiment,
  datasets: readonly Read[],
  directory: string,
): void {
  const path = 'training.gradient_accumulation_steps';
  const isVaried = path in parameters || 'training' in parameters;
  if ((settings.training.gradient_accumulation_steps ?? 1) === 1 && !isVaried) return;
  const placed = (trial: Settings) => withPaths(trial, pathsOf(trial, directory));
  const read = datasets.map(({ settings: own, dataset }) => ({
    ...{ settings: placed(own), dataset },
    images: fewestImages(dataset),
  }));
  const models = new Map<string, Model>();
  const modelOf = (model: ModelSettings) => {
    const key = JSON.stringify(model);
    // What trains does not depend on the number of classes.
    if (!models.has(key)) models.set(key, buildModel(model, 2));
    return models.get(key)!;
  };
  const checks = (trial: Settings): Problem[] => {
    if ((trial.training.gradient_accumulation_steps ?? 1) === 1) return [];
    const own = placed(trial);
    const found = read.find((each) => datasetOf(withStrategy(own, each.dataset), [each]));
    if (!found) return [];
    const message = accumulationProblem(trial, modelOf(own.model), found.images);
    return message === null ? [] : [{ path: path.split('.'), message }];
  };
  readExperiment(text, file, { set, checks, directory });
}

/** Training images, of folds those of the one with the fewest. */
function fewestImages(dataset: Dataset): number {
  const folds = dataset.folds ? foldDatasets(dataset) : [dataset];
  return Math.min(...folds.map(({ train }) => train.length));
}
