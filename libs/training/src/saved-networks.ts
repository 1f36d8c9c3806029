import type { Network, Weights } from '@thaw/compute';
import { cutNetwork, foldHeadWeights, type Model } from '@thaw/model';

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
 * and for each fold what stands behind it. `trained` are the weights of each network.
 */
export function savedNetworks(
  { network, exported, trainable }: Model,
  trained: readonly Weights[],
  folds: boolean,
): SavedNetwork[] {
  const folded = trained.map((weights) => foldHeadWeights(network, weights));
  if (!folds) return folded.map((weights) => ({ folder: '', network: exported, weights }));
  const { prefix, suffix } = cutNetwork(exported, trainable);
  return [
    ...(prefix ? [{ folder: frozenFolder, network: prefix, weights: folded[0]! }] : []),
    ...folded.map((weights, fold) => ({ folder: foldFolder(fold), network: suffix, weights })),
  ];
}
