import { join } from 'node:path';
import { loadDataset, type SkippedFile } from '@thaw/data';
import { applyParameters, type Experiment, type ParameterValues, type Settings } from '@thaw/experiment';
import { backbones, loadBackboneWeights } from '@thaw/model';

export interface PreflightOptions {
  readonly runsDir: string;
  readonly onImages: (done: number, total: number) => void;
  readonly onWeights: (doneBytes: number, totalBytes: number | null) => void;
}

/**
 * Reads every data set and every file of weights that the trials will need, once, before anything is recorded: what is
 * wrong with them is the user's to mend, and two workers never download or draw the same thing at once. Returns the files
 * that `on_bad_image: skip` leaves out, each once.
 */
export async function preflight(
  experiment: Experiment,
  options: PreflightOptions,
): Promise<readonly SkippedFile[]> {
  const skipped = new Map<string, SkippedFile>();
  const cacheDir = join(options.runsDir, 'cache');
  for (const settings of distinctSettings(experiment, isDataPath, ({ dataset, split }) => [dataset, split])) {
    const dataset = await loadDataset(settings, { cacheDir, onProgress: options.onImages });
    for (const file of dataset.skipped) skipped.set(file.name, file);
  }
  const isModelPath = (path: string) => path === 'model' || path.startsWith('model.');
  for (const { model, training } of distinctSettings(experiment, isModelPath, weightsKey)) {
    if (weightsKey({ model }) === null) continue;
    const network = backbones[model.backbone].network({ alpha: model.alpha, imageSize: model.image_size });
    await loadBackboneWeights(model, network, {
      cacheDir,
      seed: training.seed,
      onProgress: options.onWeights,
    });
  }
  return [...skipped.values()];
}

function isDataPath(path: string): boolean {
  return /^(dataset|split)(\.|$)/.test(path) && path !== 'split.seed';
}

/** What decides which weights are read; null where none are. */
function weightsKey({ model }: Pick<Settings, 'model'>): unknown {
  const { backbone, alpha, image_size, weights, scenario } = model;
  const none = scenario === 'from_scratch' || weights === 'random';
  return none ? null : [backbone, alpha, image_size, weights];
}

/** The settings of some trials that between them show every different `key`; the other parameters keep their first value. */
function distinctSettings(
  experiment: Experiment,
  isRelevant: (path: string) => boolean,
  key: (settings: Settings) => unknown,
): Settings[] {
  let points: ParameterValues[] = [{}];
  for (const [path, { values }] of Object.entries(experiment.parameters)) {
    const used = isRelevant(path) ? values : values.slice(0, 1);
    points = points.flatMap((point) => used.map((value) => ({ ...point, [path]: value })));
  }
  const settings = points.map((point) => applyParameters(experiment, point));
  return [...new Map(settings.map((each) => [JSON.stringify(key(each)), each])).values()];
}
