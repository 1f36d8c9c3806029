import type { KerasLayer, KerasTopology } from '../keras-topology.ts';
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
 * The model with a first layer that does to RGB values 0 to 255 what its input needs: value / divisor + offset, which Keras's Rescaling
 * computes as value * (1 / divisor) + offset.
 */
export function withPixelInput(
  { topology, weights }: SavedModel,
  { divisor, offset }: { readonly divisor: number; readonly offset: number },
): SavedModel {
  const { config, ...rest } = topology.model_config;
  const [input, ...layers] = config.layers;
  const name = 'rescaling';
  const rescaling: KerasLayer = {
    class_name: 'Rescaling',
    name,
    config: { name, trainable: true, dtype: 'float32', scale: 1 / divisor, offset },
    inbound_nodes: [[[input!.name, 0, 0, {}]]],
  };
  const fed = layers.map((layer) => ({
    ...layer,
    inbound_nodes: layer.inbound_nodes.map((node) =>
      node.map(([from, ...call]): (typeof node)[number] => [from === input!.name ? name : from, ...call]),
    ),
  }));
  const model_config = { ...rest, config: { ...config, layers: [input!, rescaling, ...fed] } };
  return { topology: { ...topology, model_config }, weights };
}
