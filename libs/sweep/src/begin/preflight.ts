import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { loadDataset, type Dataset } from '@thaw/data';
import {
  applyParameters,
  isDataPath,
  pathsOf,
  sampleValues,
  withPaths,
  type Experiment,
  type ModelSettings,
  type ParameterValues,
  type Settings,
} from '@thaw/experiment';
import { backboneOf, batchNormNote, loadBackboneWeights } from '@thaw/model';
import { checkAccumulation } from './check-accumulation.ts';
import { checkClassWeights } from './check-class-weights.ts';
import { checkUnfreezing } from './check-unfreezing.ts';
import { samplePoints } from './sample-points.ts';
import { weightsKey, type SweepWeights } from './sweep-weights.ts';
import { trialNotes } from './trial-notes.ts';
import { withStrategy } from './trial-settings.ts';

export interface PreflightOptions {
  readonly runsDir: string;
  /** What relative paths of the experiment are relative to. */
  readonly directory: string;
  /** Told while images are read and compared. */
  readonly onImages: (phase: string, done: number, total: number) => void;
  readonly onWeights: (doneBytes: number, totalBytes: number | null) => void;
  /** Told what to know of the trials' settings and weights, in lines. */
  readonly onNote: (sentence: string) => void;
}

/** A data set of a sweep, as its trials split it. */
export interface SweepDataset {
  /** The swept settings that choose it. */
  readonly parameters: ParameterValues;
  readonly settings: Settings;
  readonly dataset: Dataset;
}

/**
 * Reads every data set and every file of weights that the trials will need, once, before anything is recorded: what is
 * wrong with them is the user's to mend, and two workers never download or draw the same thing at once. Returns the data
 * sets, one for each way to split them, of seeds that are drawn, that of the first; and the weights that are no drawn ones.
 */
export async function preflight(
  experiment: Experiment,
  options: PreflightOptions,
): Promise<{ readonly datasets: readonly SweepDataset[]; readonly weights: readonly SweepWeights[] }> {
  const cacheDir = join(options.runsDir, 'cache');
  const datasets: SweepDataset[] = [];
  const known = new Map<string, Dataset>();
  for (const point of samplePoints(experiment, (path) => choosesData(experiment, path))) {
    const settings = applyParameters(experiment, point);
    const key = JSON.stringify([settings.dataset, settings.split]);
    const dataset =
      known.get(key) ??
      (await loadDataset(withPaths(settings, pathsOf(settings, options.directory)), {
        cacheDir,
        onProgress: (done, total) => options.onImages('images checked', done, total),
        onDetect: options.onImages,
      }));
    known.set(key, dataset);
    const resolved = withStrategy(settings, dataset);
    datasets.push({ parameters: varied(point, experiment), settings: resolved, dataset });
  }
  checkClassWeights(experiment, datasets, options.directory);
  checkAccumulation(experiment, datasets, options.directory);
  const read = datasets.map(({ dataset }) => dataset);
  for (const note of trialNotes(experiment, read, options.directory)) options.onNote(`Settings: ${note}`);
  const needed = samplePoints(experiment, (path) => weightPaths.test(path)).map((point) =>
    applyParameters(experiment, point),
  );
  const distinct = new Map(needed.map((settings) => [JSON.stringify(weightsKey(settings)), settings]));
  const folded = new Set<string>();
  const weights: SweepWeights[] = [];
  for (const settings of distinct.values()) {
    const { model, training } = withPaths(settings, pathsOf(settings, options.directory));
    if (weightsKey({ model }) === null) continue;
    const network = backboneOf(model).network({ alpha: model.alpha, imageSize: model.image_size });
    const { isFolded, origin, sha256 } = await loadBackboneWeights(model, network, {
      cacheDir,
      seed: training.seed,
      onProgress: options.onWeights,
    });
    weights.push({ model: settings.model, origin, sha256 });
    if (isFolded) folded.add(JSON.stringify(weightsKey({ model })));
    const notes = samplePoints(experiment, (path) => path.startsWith('model.'))
      .map((point) => applyParameters(experiment, point))
      .filter((each) => isDeepStrictEqual(weightsKey(each), weightsKey(settings)))
      .map((each) => batchNormNote(each.model, isFolded));
    for (const note of new Set(notes)) if (note !== null) options.onNote(`Weights: ${note}`);
  }
  const hasFolded = (model: ModelSettings) => folded.has(JSON.stringify(weightsKey({ model })));
  if (folded.size > 0) checkUnfreezing(experiment, options.directory, hasFolded);
  return { datasets, weights };
}

/** Seeds that are drawn are not known before the trials, so that samples of them would split as no trial does. */
function choosesData({ parameters }: Experiment, path: string): boolean {
  if (path === 'split.seed') return 'values' in parameters[path]!;
  return isDataPath(path);
}

const weightPaths = /^model\.(backbone|alpha|image_size|weights|scenario|input)(\.|$)/;

/** Settings of trials among which is the one that needs the most memory and the most cores. */
export function trialsOfAllSizes(experiment: Experiment): Settings[] {
  const isSize = (path: string) => /^(model(\.|$)|augmentation$|training$|training\.batch_size$)/.test(path);
  return samplePoints(experiment, isSize).map((point) => applyParameters(experiment, point));
}

/** What moves images takes as long however far, and head, rates and the first phases of training hardly matter. */
const costPaths = new RegExp(
  [
    /^model(\.(?!head_)|$)/,
    /^augmentation(\.(mixup_alpha|cutmix_alpha|trivial_augment|rand_augment(\.num_ops)?|color_jitter|gaussian_blur|random_erasing))?$/,
    /^evaluation(\.|$)/,
    /^training(\.(batch_size|epochs))?$/,
    /^split\.(folds|repeats)$/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

/** Settings of trials among which is each kind that takes another time. */
export function trialsOfAllCosts(experiment: Experiment): Settings[] {
  const isCost = (path: string) => choosesData(experiment, path) || costPaths.test(path);
  return samplePoints(experiment, isCost).map((point) => applyParameters(experiment, point));
}

/** How many different augmentations and seeds trials of one cost have, by which the views of their images differ; Infinity where they are drawn. */
export function viewsOfEachCost({ parameters }: Pick<Experiment, 'parameters'>): number {
  const differ = (path: string) => path === 'training.seed' || path.startsWith('augmentation.');
  return Object.entries(parameters)
    .filter(([path]) => differ(path) && !costPaths.test(path))
    .map(([, parameter]) => ('values' in parameter ? parameter.values.length : Number.POSITIVE_INFINITY))
    .reduce((product, values) => product * values, 1);
}

/** The parameters of a point that choose its data and have other values elsewhere. */
function varied(point: ParameterValues, experiment: Experiment): ParameterValues {
  return Object.fromEntries(
    Object.entries(point).filter(
      ([path]) => choosesData(experiment, path) && sampleValues(experiment.parameters[path]!).length > 1,
    ),
  );
}
