import { inChunks } from '@thaw/base';
import type { Engine } from '@thaw/compute';
import type { ImageFile, ValueRange } from '@thaw/data';
import type { Settings } from '@thaw/experiment';
import { buildModel, cutNetwork, loadBackboneWeights } from '@thaw/model';
import { expectWeights } from '../expect-weights.ts';
import { FrozenSource } from './frozen-source.ts';
import { pixelsOf } from './pixels.ts';
import { rowsOf } from '../score.ts';

export interface ExtractFeaturesOptions {
  readonly engine: Engine;
  /** Where weights and features are kept: those of trials, so that neither computes what the other has. */
  readonly cacheDir: string;
  /** What values of more than eight bits are scaled by: that of the data set. */
  readonly depthRange: ValueRange | null;
  /** The SHA-256 of what the backbone must be; any will do when left out. */
  readonly weightsSha256?: string | undefined;
  readonly onProgress?: (done: number, total: number) => void;
  /** Aborts between two batches: `extractFeatures` throws the signal's reason. */
  readonly signal?: AbortSignal;
}

const imagesAtOnce = 256;
/** The head is no part of the features. */
const classes = 2;

/**
 * What the whole backbone makes of images before any training: the pooled features that the head of a feature_extraction trial
 * sees, a row an image (1,280 for MobileNetV2 up to alpha 1). The scenario of `settings.model` does not matter; weights are
 * those of `settings.model.weights`, and random ones are drawn from `settings.training.seed`. Throws UserError for weights
 * that are not there, do not fit or are others than they must be, and for images that cannot be read.
 */
export async function extractFeatures(
  images: readonly ImageFile[],
  settings: Pick<Settings, 'model' | 'dataset' | 'training'>,
  {
    engine,
    cacheDir,
    depthRange,
    weightsSha256,
    onProgress = () => undefined,
    signal,
  }: ExtractFeaturesOptions,
): Promise<Float32Array[]> {
  const model = { ...settings.model, scenario: 'feature_extraction' } as const;
  const { network, trainable } = buildModel(model, classes);
  const backbone = await loadBackboneWeights(model, network, { cacheDir, seed: settings.training.seed });
  expectWeights(backbone, weightsSha256);
  const { prefix, suffix } = cutNetwork(network, trainable);
  const source = new FrozenSource({
    engine,
    cacheDir,
    prefix: prefix!,
    weights: backbone.weights,
    shape: suffix.input.shape,
    pixels: pixelsOf(settings, depthRange ?? null),
    images: images.length,
  });
  try {
    await source.prepare(images, null, { signal, onProgress });
    const rows: Float32Array[] = [];
    for (const chunk of inChunks(images, imagesAtOnce)) {
      signal?.throwIfAborted();
      rows.push(...rowsOf(await source.load(chunk, null)));
    }
    return rows;
  } finally {
    await source.dispose();
  }
}
