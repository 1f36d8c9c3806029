import { tensor } from '@thaw/compute';
import { NetworkBuilder } from '../../network-builder.ts';
import type { Scaling } from '../../pixel-scaling.ts';
import { isStandardizing, kerasTopology, type KerasLayer, type KerasTopology } from '../keras-topology.ts';
import type { SavedModel } from '../saved-model.ts';
import { inKerasOrder } from './layer-order.ts';

/** The layers of a model in the order in which Keras's files name and load them, each with its weights. */
export function layersWithWeights({ topology, weights }: SavedModel) {
  const { layers } = topology.model_config.config;
  const nodes = layers.map(({ name, class_name, inbound_nodes }) => ({
    name,
    class_name,
    inputs: inbound_nodes.flat().map(([input]) => input),
  }));
  return inKerasOrder(nodes, nodes.at(-1)!.name).map(({ name, class_name }) => ({
    name,
    class_name,
    weights: weights.filter((weight) => weight.name.slice(0, weight.name.lastIndexOf('/')) === name),
  }));
}

/** A topology lists its one input and its one output; Keras 3 would make callers pass and unpack lists then. */
export function withPlainEnds<C extends KerasTopology['model_config']>(model: C): C {
  const { layers } = model.config;
  const [input, output] = [layers[0]!, layers.at(-1)!].map(({ name }) => [name, 0, 0]);
  return { ...model, config: { ...model.config, input_layers: input, output_layers: output } };
}

/**
 * The model with Keras's own Normalization in the places where TensorFlow.js, which has none, has a batch normalisation: that one would
 * go by the statistics of the batch once Keras trains the model on. The count of images that it has seen is not known.
 */
export function withNormalization({ topology, weights }: SavedModel): SavedModel {
  const { config, ...rest } = topology.model_config;
  const names = new Set(config.layers.filter(isStandardizing).map(({ name }) => name));
  const layers = config.layers.map((layer) => {
    if (!names.has(layer.name)) return layer;
    const own = { name: layer.name, trainable: true, dtype: 'float32', axis: -1 };
    return {
      ...layer,
      class_name: 'Normalization',
      config: { ...own, mean: null, variance: null, invert: false },
    };
  });
  const renamed = weights.flatMap((weight) => {
    const [layer, name] = weight.name.split('/');
    if (!names.has(layer!)) return [weight];
    const own = { ...weight, name: `${layer}/${name!.replace('moving_', '')}` };
    return name === 'moving_variance' ? [own, { name: `${layer}/count`, tensor: tensor([]) }] : [own];
  });
  return {
    topology: { ...topology, model_config: { ...rest, config: { ...config, layers } } },
    weights: renamed,
  };
}

/**
 * The model with a first layer that does to RGB values 0 to 255 what its input needs, `scaling`: Keras's Rescaling, which computes value *
 * (1 / divisor) + offset, or where colours change places or have numbers of their own a 1x1 convolution.
 */
export function withPixelInput({ topology, weights }: SavedModel, scaling: Scaling): SavedModel {
  const { config, ...rest } = topology.model_config;
  const [input, ...layers] = config.layers;
  const first = firstLayer(input!, scaling);
  const { name } = first.layer;
  const fed = layers.map((layer) => ({
    ...layer,
    inbound_nodes: layer.inbound_nodes.map((node) =>
      node.map(([from, ...call]): (typeof node)[number] => [from === input!.name ? name : from, ...call]),
    ),
  }));
  const model_config = { ...rest, config: { ...config, layers: [input!, first.layer, ...fed] } };
  return { topology: { ...topology, model_config }, weights: [...first.weights, ...weights] };
}

function firstLayer(
  input: KerasLayer,
  { channels, divisor, offset }: Scaling,
): { readonly layer: KerasLayer; readonly weights: SavedModel['weights'] } {
  const name = 'rescaling';
  if (channels === 'RGB' && typeof divisor === 'number' && typeof offset === 'number') {
    const config = { name, trainable: true, dtype: 'float32', scale: 1 / divisor, offset };
    const inbound_nodes: KerasLayer['inbound_nodes'] = [[[input.name, 0, 0, {}]]];
    return { layer: { class_name: 'Rescaling', name, config, inbound_nodes }, weights: [] };
  }
  const network = new NetworkBuilder(input.name, [1, 1, 3]);
  const pointwise = { kernelSize: 1, strides: 1, padding: 'valid', useBias: true } as const;
  network.add({ type: 'Conv2D', name, filters: 3, ...pointwise });
  const [, layer] = kerasTopology(network.build()).model_config.config.layers;
  const [kernel, bias] = [tensor([1, 1, 3, 3]), tensor([3])];
  for (let channel = 0; channel < 3; channel++) {
    const colour = channels === 'RGB' ? channel : 2 - channel;
    kernel.data[3 * colour + channel] = 1 / (typeof divisor === 'number' ? divisor : divisor[channel]!);
    bias.data[channel] = typeof offset === 'number' ? offset : offset[channel]!;
  }
  const weights = [
    { name: `${name}/kernel`, tensor: kernel },
    { name: `${name}/bias`, tensor: bias },
  ];
  // What Keras trains on with it is not to learn other colours.
  return { layer: { ...layer!, config: { ...layer!.config, trainable: false } }, weights };
}
