import type { Weights } from '../../network.ts';
import type { Tensor } from '../../tensor.ts';

/** Throws RangeError for a weight that is not there. */
export function weightOf(weights: Weights, layer: string, weight: string): Tensor {
  const found = weights.get(`${layer}/${weight}`);
  if (!found) throw new RangeError(`no weight ${layer}/${weight}`);
  return found;
}
