import { tensor, type Layer, type Network, type Tensor, type Weights } from '@thaw/compute';

/** A network as it is in inference: without the head's dropout, and with its batch normalisation inside the Dense layers behind it. */
export function withoutHeadHelpers(network: Network): Network {
  const feeds = new Map<string, string>();
  const source = (name: string): string => (feeds.has(name) ? source(feeds.get(name)!) : name);
  const layers = network.layers.flatMap((layer) => {
    if (isHelper(layer, network)) {
      feeds.set(layer.name, layer.inputs[0]!);
      return [];
    }
    const inputs = layer.inputs.map(source);
    return [inputs.every((name, i) => name === layer.inputs[i]) ? layer : { ...layer, inputs }];
  });
  return layers.length === network.layers.length ? network : { ...network, layers };
}

/**
 * The weights of `withoutHeadHelpers(network)`, with which it gives, but for rounding, what the network gives in inference: the scale
 * of a batch normalisation goes into the rows of the next kernel, its shift through that kernel into the bias.
 */
export function foldHeadWeights(network: Network, weights: Weights): Weights {
  const helpers = network.layers.filter((layer) => isHelper(layer, network));
  const folded = new Map(
    [...weights].filter(([key]) => !helpers.some(({ name }) => key.startsWith(`${name}/`))),
  );
  for (const dense of network.layers) {
    if (dense.type !== 'Dense') continue;
    let before = helpers.find(({ name }) => name === dense.inputs[0]);
    while (before && before.type !== 'BatchNormalization') {
      const [input] = before.inputs;
      before = helpers.find(({ name }) => name === input);
    }
    if (!before) continue;
    const weight = (name: string) => weights.get(`${dense.name}/${name}`)!;
    const { kernel, bias } = foldInto(weight('kernel'), weight('bias'), scaleAndShift(before, weights));
    folded.set(`${dense.name}/kernel`, kernel).set(`${dense.name}/bias`, bias);
  }
  return folded;
}

/** A layer of the head that leaves no trace in inference: dropout, and normalisation of features, not of images. */
function isHelper(layer: Layer, { layers }: Network): boolean {
  if (layer.type === 'Dropout') return true;
  if (layer.type !== 'BatchNormalization') return false;
  const input = layers.find(({ name }) => name === layer.inputs[0]);
  if (!input) return false;
  const isPool = input.type === 'GlobalAveragePooling2D' && !input.keepDims;
  return isPool || input.type === 'Dense' || input.type === 'OnnxGraph';
}

function scaleAndShift(layer: Layer & { type: 'BatchNormalization' }, weights: Weights) {
  const [gamma, beta, mean, variance] = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map(
    (name) => weights.get(`${layer.name}/${name}`)!.data,
  );
  const scale = Float64Array.from(gamma!, (value, i) => value / Math.sqrt(variance![i]! + layer.epsilon));
  return { scale, shift: Float64Array.from(beta!, (value, i) => value - mean![i]! * scale[i]!) };
}

function foldInto(
  kernel: Tensor,
  bias: Tensor,
  { scale, shift }: { readonly scale: Float64Array; readonly shift: Float64Array },
): { kernel: Tensor; bias: Tensor } {
  const units = bias.data.length;
  const sums = Float64Array.from(bias.data);
  const rows = kernel.data.map((value, i) => {
    const input = Math.floor(i / units);
    sums[i % units]! += shift[input]! * value;
    return value * scale[input]!;
  });
  return { kernel: tensor(kernel.shape, rows), bias: tensor(bias.shape, Float32Array.from(sums)) };
}
