import type { Network } from '@thaw/compute';
import { hasWeights, outputShapes } from './shapes.ts';

export interface CutNetwork {
  /** The front that nothing trains in, so that its output can be computed once; null when there is none. */
  readonly prefix: Network | null;
  /** The rest. Its input is the prefix's output, under the name of the layer that makes it. */
  readonly suffix: Network;
}

/**
 * Cuts a network behind its longest frozen front that leaves a single tensor alive: never inside a residual block, whose
 * inside and shortcut are alive together. The suffix keeps at least the last layer, also when nothing trains. Weights
 * keep their names, so that one set serves both parts.
 */
export function cutNetwork(network: Network, trainable: ReadonlySet<string>): CutNetwork {
  const { input, layers } = network;
  // What dropout makes of its input is another thing with every step.
  const firstTrained = layers.findIndex(
    (layer) => layer.type === 'Dropout' || (trainable.has(layer.name) && hasWeights(layer)),
  );
  const frozen = firstTrained < 0 ? layers.length : firstTrained;
  const lastUse = new Map<string, number>();
  for (const [index, layer] of layers.entries()) {
    for (const name of layer.inputs) lastUse.set(name, index);
  }

  let cut = 0;
  // The furthest layer that reads anything made before the newest tensor; behind it that tensor alone is alive.
  let furthest = lastUse.get(input.name) ?? -1;
  for (let index = 0; index < Math.min(frozen, layers.length - 1); index++) {
    const use = lastUse.get(layers[index]!.name) ?? -1;
    if (furthest <= index && use > index && isWorthKeeping(layers, index)) cut = index + 1;
    furthest = Math.max(furthest, use);
  }
  if (cut === 0) return { prefix: null, suffix: network };

  const boundary = layers[cut - 1]!.name;
  return {
    prefix: { input, layers: layers.slice(0, cut) },
    suffix: {
      input: { name: boundary, shape: outputShapes(network).get(boundary)! },
      layers: layers.slice(cut),
    },
  };
}

/** A standardised image is computed sooner than read, and zeros around an image belong to the layer behind them. */
function isWorthKeeping(layers: Network['layers'], index: number): boolean {
  const { type } = layers[index]!;
  return type !== 'ZeroPadding2D' && type !== 'Normalization';
}
