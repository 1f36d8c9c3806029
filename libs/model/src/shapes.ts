import type { Layer, Network } from '@thaw/compute';

type Shape = readonly number[];

/** The shape that a layer makes of its inputs' shapes, both without the batch. */
export function layerOutputShape(layer: Layer, inputs: readonly Shape[]): Shape {
  const input = inputs[0]!;
  switch (layer.type) {
    case 'Conv2D':
    case 'DepthwiseConv2D': {
      const side = (length: number) =>
        layer.padding === 'same'
          ? Math.ceil(length / layer.strides)
          : Math.floor((length - layer.kernelSize) / layer.strides) + 1;
      return [side(input[0]!), side(input[1]!), layer.filters];
    }
    case 'MaxPooling2D': {
      const side = (length: number) => Math.floor((length - layer.poolSize) / layer.strides) + 1;
      return [side(input[0]!), side(input[1]!), input[2]!];
    }
    case 'AveragePooling2D': {
      const side = (length: number) => Math.floor(length / layer.poolSize);
      return [side(input[0]!), side(input[1]!), input[2]!];
    }
    case 'Concatenate': {
      const channels = inputs.map((shape) => shape.at(-1)!);
      return [...input.slice(0, -1), channels.reduce((sum, each) => sum + each, 0)];
    }
    case 'ZeroPadding2D': {
      const [top, bottom, left, right] = layer.padding;
      return [input[0]! + top + bottom, input[1]! + left + right, input[2]!];
    }
    case 'GlobalAveragePooling2D':
      return layer.keepDims ? [1, 1, input.at(-1)!] : [input.at(-1)!];
    case 'OnnxGraph':
      return [layer.graph.units];
    case 'Dense':
      return [layer.units];
    case 'BatchNormalization':
    case 'Normalization':
    case 'ReLU':
    case 'Activation':
    case 'Multiply':
    case 'Add':
    case 'Average':
    case 'Dropout':
      return input;
  }
}

/** Every tensor's shape without the batch, by the name of the layer that makes it, the network's input included. */
export function outputShapes(network: Network): Map<string, Shape> {
  const shapes = new Map<string, Shape>([[network.input.name, network.input.shape]]);
  for (const layer of network.layers) {
    shapes.set(
      layer.name,
      layerOutputShape(
        layer,
        layer.inputs.map((name) => shapes.get(name)!),
      ),
    );
  }
  return shapes;
}

/** Shapes of all weights by `<layer>/<weight>`: layers in the network's order, a layer's weights in Keras's. */
export function weightShapes(network: Network): Map<string, Shape> {
  const shapes = outputShapes(network);
  return new Map(
    network.layers.flatMap((layer) => {
      const channels = shapes.get(layer.inputs[0]!)!.at(-1)!;
      return layerWeights(layer, channels).map(([name, shape]) => [`${layer.name}/${name}`, shape] as const);
    }),
  );
}

/** Whether a layer of this kind has weights at all. */
export function hasWeights(layer: Layer): boolean {
  return layerWeights(layer, 1).length > 0;
}

function layerWeights(layer: Layer, channels: number): [name: string, shape: Shape][] {
  switch (layer.type) {
    case 'Conv2D': {
      const { kernelSize, filters } = layer;
      return withBias(layer.useBias, 'kernel', [kernelSize, kernelSize, channels, filters], filters);
    }
    case 'DepthwiseConv2D': {
      const { kernelSize } = layer;
      return withBias(layer.useBias, 'depthwise_kernel', [kernelSize, kernelSize, channels, 1], channels);
    }
    case 'Dense':
      return withBias(true, 'kernel', [channels, layer.units], layer.units);
    case 'Normalization':
      return ['mean', 'variance'].map((name) => [name, [channels]]);
    case 'BatchNormalization':
      return ['gamma', 'beta', 'moving_mean', 'moving_variance'].map((name) => [name, [channels]]);
    default:
      return [];
  }
}

function withBias(useBias: boolean, name: string, shape: Shape, outputs: number): [string, Shape][] {
  return useBias
    ? [
        [name, shape],
        ['bias', [outputs]],
      ]
    : [[name, shape]];
}
