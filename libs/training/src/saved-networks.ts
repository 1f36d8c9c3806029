import { join } from 'node:path';
import type { Network, Weights } from '@thaw/compute';
import type { Settings } from '@thaw/experiment';
import {
  behindGraph,
  buildModel,
  cutNetwork,
  foldHeadWeights,
  loadTensorflowJsWeights,
  type CutNetwork,
  type Model,
} from '@thaw/model';
import { expectWeights } from './expect-weights.ts';

/** A network of a trial as it is kept, in a folder of the trial's model. */
export interface SavedNetwork {
  /** Relative to the model's folder; empty for the folder itself. */
  readonly folder: string;
  readonly network: Network;
  readonly weights: Weights;
}

/** Where what all folds share is kept, and what the fold (from 0) has trained. */
export const frozenFolder = 'frozen';
export const foldFolder = (fold: number) => `fold-${fold + 1}`;

/**
 * What a trial has trained, in inference, as it is kept: the whole network; with folds the frozen front once, where there is one,
 * and for each fold what stands behind it. Of a backbone that is an ONNX file the head alone is kept: the file is where it was.
 * `trained` are the weights of each network.
 */
export function savedNetworks(
  { network, exported, trainable }: Model,
  trained: readonly Weights[],
  folds: boolean,
): SavedNetwork[] {
  const folded = trained.map((weights) => foldHeadWeights(network, weights));
  const behind = behindGraph(exported);
  if (!folds) return folded.map((weights) => ({ folder: '', network: behind ?? exported, weights }));
  const { prefix, suffix } = cutNetwork(exported, trainable);
  return [
    ...(prefix && !behind ? [{ folder: frozenFolder, network: prefix, weights: folded[0]! }] : []),
    ...folded.map((weights, fold) => ({ folder: foldFolder(fold), network: suffix, weights })),
  ];
}

/** What a trial that is over has kept, in the folder of its model. */
export interface KeptNetworks extends CutNetwork {
  /** Weights of the frozen front; none where there is none. */
  readonly frozen: Weights;
  /** Of each fold, or of the one network without folds, the weights of what stands behind the front. */
  readonly members: readonly Weights[];
}

/** Where `savedNetworks` were written, and how many trainings with folds; null without. */
export interface ModelFolder {
  readonly folder: string;
  readonly folds: number | null;
  /** What the run started from, by its record; a backbone that is an ONNX file has to be that still. */
  readonly sha256: string | undefined;
}

/** Reads what `savedNetworks` gave. A UserError for files that are missing or do not fit. */
export async function loadNetworks(
  settings: Pick<Settings, 'model'>,
  classes: number,
  { folder, folds, sha256 }: ModelFolder,
): Promise<KeptNetworks> {
  const { exported, trainable } = buildModel(settings.model, classes);
  const cut = cutNetwork(exported, trainable);
  checkFile(exported, sha256);
  const load = (name: string, network: Network) =>
    loadTensorflowJsWeights(join(folder, name, 'model.json'), network);
  if (folds === null) {
    const whole = await load('', exported);
    return { ...cut, frozen: whole, members: [whole] };
  }
  return {
    ...cut,
    frozen: cut.prefix && !behindGraph(exported) ? await load(frozenFolder, cut.prefix) : new Map(),
    members: await Promise.all(
      Array.from({ length: folds }, (_, fold) => load(foldFolder(fold), cut.suffix)),
    ),
  };
}

function checkFile({ layers }: Network, sha256: string | undefined): void {
  const [layer] = layers.filter(({ type }) => type === 'OnnxGraph');
  if (layer?.type !== 'OnnxGraph') return;
  expectWeights({ origin: layer.graph.file, sha256: layer.graph.sha256 }, sha256);
}
