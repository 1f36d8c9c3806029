import type { Random } from '@thaw/base';
import { sizeOf, tensor, type Network, type Tensor } from '@thaw/compute';
import { weightShapes } from './shapes.ts';

/**
 * Fresh weights by Keras's default initialisers: Glorot uniform (Glorot and Bengio 2010) for kernels, depthwise ones
 * with the fans that Keras computes for them, ones for gamma and variances, zeros for the rest. For the layers
 * named, or for all; drawn in the network's order.
 */
export function initializeWeights(
  network: Network,
  random: Random,
  layers?: readonly string[],
): Map<string, Tensor> {
  const weights = new Map<string, Tensor>();
  for (const [name, shape] of weightShapes(network)) {
    const [layer, weight] = name.split('/') as [string, string];
    if (!layers || layers.includes(layer)) weights.set(name, initialValue(weight, shape, random));
  }
  return weights;
}

function initialValue(weight: string, shape: readonly number[], random: Random): Tensor {
  const values = new Float32Array(sizeOf(shape));
  if (weight.endsWith('kernel')) {
    const limit = glorotLimit(shape);
    for (let i = 0; i < values.length; i++) values[i] = random.uniform(-limit, limit);
  } else if (weight === 'gamma' || weight.endsWith('variance')) {
    values.fill(1);
  }
  return tensor(shape, values);
}

/** Keras's `compute_fans` takes the last two axes as input and output, also of a depthwise kernel [h, w, in, 1]. */
function glorotLimit(shape: readonly number[]): number {
  const area = sizeOf(shape.slice(0, -2));
  return Math.sqrt(6 / (area * (shape.at(-2)! + shape.at(-1)!)));
}
