import type { Layer, Network, Tensor, Weights } from '@thaw/compute';
import type { CutNetwork } from './cut-network.ts';
import { weightShapes } from './shapes.ts';

export interface Ensemble {
  readonly network: Network;
  readonly weights: Weights;
}

/** Gives the mean of the members' outputs. */
const output = 'mean_of_folds';

/**
 * One network that gives the mean of what several say which share their frozen front: that front once, behind it each member's own
 * layers, under names of their own, and Keras's `Average`. `frozen` are the weights of the front, `members` those of each suffix.
 * One member is its own network. Throws RangeError for none.
 */
export function ensembleOf(
  { prefix, suffix }: CutNetwork,
  frozen: Weights,
  members: readonly Weights[],
): Ensemble {
  if (members.length === 0) throw new RangeError('an ensemble needs a member');
  const front = prefix ?? { input: suffix.input, layers: [] };
  const shared = prefix ? weightsOf(prefix, frozen, (name) => name) : [];
  if (members.length === 1) {
    const own = weightsOf(suffix, members[0]!, (name) => name);
    return {
      network: { input: front.input, layers: [...front.layers, ...suffix.layers] },
      weights: new Map([...shared, ...own]),
    };
  }
  const last = suffix.layers.at(-1)!.name;
  const renamed = members.map((_, i) => (name: string) => `fold_${i + 1}_${name}`);
  const layers = renamed.flatMap((rename) => {
    const inputOf = (name: string) => (name === suffix.input.name ? name : rename(name));
    return suffix.layers.map((layer): Layer => {
      return { ...layer, name: rename(layer.name), inputs: layer.inputs.map(inputOf) };
    });
  });
  const mean: Layer = { type: 'Average', name: output, inputs: renamed.map((rename) => rename(last)) };
  return {
    network: { input: front.input, layers: [...front.layers, ...layers, mean] },
    weights: new Map([...shared, ...members.flatMap((own, i) => weightsOf(suffix, own, renamed[i]!))]),
  };
}

function weightsOf(network: Network, weights: Weights, rename: (name: string) => string): [string, Tensor][] {
  return [...weightShapes(network).keys()].map((key) => [rename(key), weights.get(key)!]);
}
