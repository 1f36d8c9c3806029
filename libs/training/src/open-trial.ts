import { Random } from '@thaw/base';
import type { Engine, Network, Weights } from '@thaw/compute';
import { asDealt, loadDataset, resizingOf, type Dataset } from '@thaw/data';
import type { Settings } from '@thaw/experiment';
import {
  buildModel,
  cutNetwork,
  initializeWeights,
  loadBackboneWeights,
  withBatchNorm,
  type LoadedWeights,
  type Model,
} from '@thaw/model';
import { expectWeights } from './expect-weights.ts';
import { requireMemory } from './memory/require-memory.ts';
import type { TrialMemory } from './memory/trial-memory.ts';
import type { TrialObserver } from './observer.ts';
import { expectData } from './other-data.ts';
import { FrozenSource } from './sources/frozen-source.ts';
import { ImageSource } from './sources/image-source.ts';
import type { InputSource } from './sources/input-source.ts';
import { pixelsOf } from './sources/pixels.ts';
import { imagesIn, symmetriesIn } from './sources/view.ts';

export interface OpenTrialOptions {
  readonly engine: Engine;
  readonly cacheDir: string;
  readonly rowsDir?: string | undefined;
  readonly observer: TrialObserver;
  readonly fingerprint?: string | undefined;
  /** The SHA-256 of what its backbone must start from. */
  readonly weightsSha256?: string | undefined;
  /** Where the data set was read before. */
  readonly dataset?: Dataset | undefined;
}

/** All that training and predicting need. */
export interface OpenTrial {
  readonly dataset: Dataset;
  /** As the settings alone have it: whoever opens what a run has kept cuts it at the same place. */
  readonly model: Model;
  /** The layers that train with these weights: where `batch_norm` is left out, those of the model or fewer. */
  readonly trainable: ReadonlySet<string>;
  /** The part behind the frozen one, for which `source` gives the inputs. */
  readonly suffix: Network;
  readonly source: InputSource;
  readonly backbone: LoadedWeights;
  /** What all layers begin with. */
  readonly weights: Weights;
}

/** Reads data and weights of a trial and opens the source of its inputs. See `runTrial` for what it throws. */
export async function openTrial(
  memory: TrialMemory,
  settings: Settings,
  options: OpenTrialOptions,
): Promise<OpenTrial> {
  const { engine, cacheDir } = options;
  const dataset = options.dataset ?? (await readData(memory, settings, options));
  await requireMemory({ settings, classes: dataset.classes.length, engine });
  const classes = dataset.classes.length;
  const model = buildModel(settings.model, classes);
  const { network, headLayers } = model;
  const { seed } = settings.training;
  const { backbone: name, alpha, image_size, weights: origin, scenario } = settings.model;
  const drawn = scenario === 'from_scratch' || origin === 'random' ? seed : null;
  const backbone = await memory.weights(
    JSON.stringify([name, alpha, image_size, origin, drawn, cacheDir]),
    () => loadBackboneWeights(settings.model, network, { cacheDir, seed }),
  );
  expectWeights(backbone, options.weightsSha256);
  const { trainable } = buildModel(withBatchNorm(settings.model, backbone.isFolded), classes);
  const head = initializeWeights(network, new Random('head', seed), headLayers);
  const weights = new Map([...backbone.weights, ...head]);
  const { prefix, suffix } = cutNetwork(network, model.trainable);
  const sourceKey = JSON.stringify([
    prefix,
    backbone.sha256,
    resizingOf(settings),
    dataset.depthRange,
    dataset.fingerprint,
    await engine.describe(),
    symmetriesIn(settings),
  ]);
  const source = await memory.source(sourceKey, () =>
    inputSource(settings, dataset, prefix, suffix, weights, options),
  );
  return { dataset, model, trainable, suffix, source, backbone, weights };
}

function readData(
  memory: TrialMemory,
  settings: Settings,
  { cacheDir, observer, fingerprint }: OpenTrialOptions,
): Promise<Dataset> {
  return expectData(fingerprint, async () => {
    const key = JSON.stringify([settings.dataset, settings.split, cacheDir]);
    const dataset = await memory.dataset(key, () =>
      loadDataset(settings, {
        cacheDir,
        onProgress: (done, total) => observer.phase('data', done, total),
      }),
    );
    return asDealt(dataset, settings.split, fingerprint);
  });
}

/** Gives a network's inputs: of its frozen part where there is one, kept on disk, else of the images themselves. */
export function inputSource(
  settings: Settings,
  dataset: Dataset,
  prefix: Network | null,
  suffix: Network,
  weights: Weights,
  { engine, cacheDir, rowsDir }: Pick<OpenTrialOptions, 'engine' | 'cacheDir' | 'rowsDir'>,
): InputSource {
  const pixels = pixelsOf(settings, dataset.depthRange);
  const images = imagesIn(settings, dataset);
  if (!prefix) return new ImageSource({ engine, pixels, cacheDir, images });
  const { shape } = suffix.input;
  return new FrozenSource({ engine, cacheDir, rowsDir, prefix, weights, shape, pixels, images });
}
