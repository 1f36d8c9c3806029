import { basename } from 'node:path';
import { Random, UserError } from '@thaw/base';
import type { Network, Tensor } from '@thaw/compute';
import type { ModelSettings } from '@thaw/experiment';
import type { Backbone } from '../backbone.ts';
import { backboneOf } from '../backbone-of.ts';
import { backbones } from '../backbones.ts';
import { isHeadLayer } from '../head.ts';
import { initializeWeights } from '../initialize-weights.ts';
import { bundledOrigin, readBundledWeights } from './bundled-weights.ts';
import { fetchImagenetWeights, findImagenetWeights, imagenetWeightsOf } from './fetch-weights.ts';
import { hasFoldedBatchNorm } from './folded-batch-norm.ts';
import { hashWeights } from './hash-weights.ts';
import { loadWeightsFile } from './load-weights-file.ts';
import { matchWeights, type SavedWeight } from './match-weights.ts';

export interface LoadWeightsOptions {
  /** Where Keras's published files are kept. */
  readonly cacheDir: string;
  /** For random weights. */
  readonly seed: number;
  /** Base address to download Keras's files from instead of Keras's own. */
  readonly mirror?: string;
  readonly onProgress?: (doneBytes: number, totalBytes: number | null) => void;
}

export interface LoadedWeights {
  /** The weights of the network's layers, the head's left out. */
  readonly weights: Map<string, Tensor>;
  /** Where they are from, in words for a record. */
  readonly origin: string;
  /** Of the file that they were read from; of the values themselves for random ones. */
  readonly sha256: string;
  /** Whether their batch normalisation is folded into the convolutions (`hasFoldedBatchNorm`). */
  readonly isFolded: boolean;
}

/**
 * The weights that a trial's backbone starts from, as `settings.weights` says; random ones for `from_scratch`; none for an ONNX file,
 * which has them inside. The
 * network may be the backbone or the whole model. Throws UserError when the file is not there, is damaged, or does not
 * hold every weight in the right shape.
 */
export async function loadBackboneWeights(
  settings: ModelSettings,
  network: Network,
  options: LoadWeightsOptions,
): Promise<LoadedWeights> {
  const [graph] = network.layers.filter((layer) => layer.type === 'OnnxGraph');
  if (graph) {
    const { file, sha256 } = graph.graph;
    return { weights: new Map(), origin: basename(file), sha256, isFolded: false };
  }
  const layers = network.layers.map((layer) => layer.name).filter((name) => !isHeadLayer(name));
  if (settings.scenario === 'from_scratch' || settings.weights === 'random') {
    const weights = initializeWeights(network, new Random(options.seed, 'backbone weights'), layers);
    return {
      weights,
      origin: `random (seed ${options.seed})`,
      sha256: hashWeights(weights),
      isFolded: false,
    };
  }
  const source = await openSource(settings, options);
  const { weights, problems } = matchWeights(source.weights, network, new Set(layers));
  if (problems.length > 0) throw mismatch(settings, source, problems);
  const whole = wholeOf(settings, source.weights, weights.size);
  if (whole)
    throw new UserError(
      `The weights ${source.origin} are those of ${whole}, of which ${settings.backbone} is a part: set model.backbone to that.`,
    );
  const isFolded = hasFoldedBatchNorm(network, weights);
  const adapted = backboneOf(settings).adaptWeights?.(weights) ?? null;
  return {
    weights: adapted?.weights ?? weights,
    origin: adapted ? `${source.origin} (${adapted.words})` : source.origin,
    sha256: source.sha256,
    isFolded,
  };
}

interface Source {
  readonly weights: SavedWeight[];
  readonly origin: string;
  readonly sha256: string;
}

async function openSource(settings: ModelSettings, options: LoadWeightsOptions): Promise<Source> {
  const { backbone, alpha, image_size: imageSize, weights } = settings;
  if (weights === 'bundled') return { ...readBundledWeights(), origin: bundledOrigin };
  if (weights !== 'imagenet') return { ...(await loadWeightsFile(weights)), origin: weights };
  const fileName = imagenetWeightsOf(backbone).file(alpha, imageSize);
  const file =
    (await findImagenetWeights({ fileName, cacheDir: options.cacheDir })) ??
    (await fetchImagenetWeights({ ...options, backbone, alpha, imageSize }));
  return { ...(await loadWeightsFile(file)), origin: `imagenet (${fileName})` };
}

function mismatch(settings: ModelSettings, source: Source, problems: readonly string[]): UserError {
  const { backbone, alpha } = settings;
  const { alphas } = imagenetWeightsOf(backbone);
  const shown = problems.slice(0, 3).join('; ');
  const more = problems.length > 3 ? `; and ${problems.length - 3} more` : '';
  const other = fitting(settings, source.weights);
  const width = alphas ? ` with alpha ${alpha}` : '';
  return new UserError(
    `The weights ${source.origin} are not those of ${backbone}${width}: ${shown}${more}.${other}`,
  );
}

/** What these weights do fit, in words: a published alpha of this backbone, or another backbone; nothing where none. */
function fitting(settings: ModelSettings, saved: readonly SavedWeight[]): string {
  const { alphas } = imagenetWeightsOf(settings.backbone);
  const alpha = alphas?.find((each) => fits({ ...settings, alpha: each }, saved) > 0);
  if (alpha !== undefined) return ` They fit alpha ${alpha}: set model.alpha to that.`;
  const others = Object.entries<Backbone>(backbones).flatMap(([backbone, { imagenet }]) =>
    (imagenet?.alphas ?? [1]).map((each) => ({ ...settings, backbone, alpha: each })),
  );
  // Of several of which one is a part of the other, the whole.
  const [best] = others
    .map((each) => ({ ...each, size: fits(each, saved) }))
    .filter(({ size }) => size > 0)
    .toSorted((a, b) => b.size - a.size);
  if (!best) return '';
  const width = imagenetWeightsOf(best.backbone).alphas ? ` and model.alpha to ${best.alpha}` : '';
  return ` They fit ${best.backbone}: set model.backbone to that${width}.`;
}

/** Another backbone that these weights fit, too, and that takes more of them: EfficientNetB1 has all layers of B0, and others. */
function wholeOf(settings: ModelSettings, saved: readonly SavedWeight[], size: number): string | null {
  if (saved.length === size) return null;
  const others = Object.keys(backbones).filter((name) => name !== settings.backbone);
  return others.find((backbone) => fits({ ...settings, backbone }, saved) > size) ?? null;
}

/** How many weights of a backbone there are among these, if all are, else 0. */
function fits(
  { backbone, alpha, image_size: imageSize }: ModelSettings,
  saved: readonly SavedWeight[],
): number {
  const network = backboneOf({ backbone }).network({ alpha, imageSize });
  const layers = new Set(network.layers.map((layer) => layer.name));
  const { weights, problems } = matchWeights(saved, network, layers);
  return problems.length === 0 ? weights.size : 0;
}
