import type { Layer, Network } from '@thaw/compute';
import * as z from 'zod';
import { outputShapes } from '../shapes.ts';

/** What a topology says of a layer: its class, its settings, and the layers that feed it. */
export const kerasLayerSchema = z.looseObject({
  class_name: z.string(),
  name: z.string(),
  config: z.looseObject({}),
  /** One call at most; of each input the layer's name, which of its calls and which of its outputs, and what else is passed. */
  inbound_nodes: z.array(z.array(z.tuple([z.string(), z.number(), z.number(), z.looseObject({})]))).max(1),
});

export type KerasLayer = z.output<typeof kerasLayerSchema>;

/** A functional model as Keras 2 describes it in JSON. */
export const kerasTopologySchema = z.looseObject({
  keras_version: z.string(),
  backend: z.string(),
  model_config: z.looseObject({
    class_name: z.string(),
    config: z.looseObject({ layers: z.array(kerasLayerSchema) }),
  }),
});

export type KerasTopology = z.output<typeof kerasTopologySchema>;

/** A layer of TensorFlow.js. */
interface StockLayer {
  readonly type: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly config: object;
}

/**
 * A network as Keras 2 describes a functional model in JSON; TensorFlow.js reads the same. What TensorFlow.js has no layer for is
 * put together from several.
 */
export function kerasTopology(network: Network): KerasTopology {
  const { name: input, shape } = network.input;
  const inputLayer = {
    class_name: 'InputLayer',
    name: input,
    config: { batch_input_shape: [null, ...shape], dtype: 'float32', sparse: false, name: input },
    inbound_nodes: [],
  };
  const shapes = outputShapes(network);
  const layers = network.layers
    .flatMap((layer) => stockLayers(layer, shapes.get(layer.name)!))
    .map(({ type, name, inputs, config }) => ({
      class_name: type,
      name,
      config: { name, trainable: true, dtype: 'float32', ...config },
      inbound_nodes: [inputs.map((each): KerasLayer['inbound_nodes'][number][number] => [each, 0, 0, {}])],
    }));
  return {
    keras_version: '2.15.0',
    backend: 'tensorflow',
    model_config: {
      class_name: 'Functional',
      config: {
        name: 'thaw',
        layers: [inputLayer, ...layers],
        input_layers: [[input, 0, 0]],
        output_layers: [[network.layers.at(-1)!.name, 0, 0]],
      },
    },
  };
}

/** The layers of TensorFlow.js that do what a layer does; the last has its name. */
function stockLayers(layer: Layer, outputShape: readonly number[]): StockLayer[] {
  const { type, name, inputs } = layer;
  if (type === 'GlobalAveragePooling2D' && layer.keepDims) {
    const pool = { type, name: `${name}_pool`, inputs, config: channelsLast };
    const config = { target_shape: outputShape };
    return [pool, { type: 'Reshape', name, inputs: [pool.name], config }];
  }
  if (type === 'Normalization') {
    return [{ type: 'BatchNormalization', name, inputs, config: standardizing }];
  }
  if (type === 'Activation' && layer.activation === 'hard_sigmoid') return hardSigmoid(name, inputs);
  if (type === 'Activation' && layer.activation === 'hard_swish') {
    const gate = hardSigmoid(`${name}_gate`, inputs);
    return [...gate, { type: 'Multiply', name, inputs: [...inputs, gate.at(-1)!.name], config: {} }];
  }
  return [{ type, name, inputs, config: layerConfig(layer) }];
}

/** Of the BatchNormalization that stands for a Normalization. */
const standardizing = { trainable: false, axis: -1, epsilon: 0, momentum: 1, center: false, scale: false };

/** Whether a layer of a topology stands for a Normalization. */
export function isStandardizing({ class_name, config }: KerasLayer): boolean {
  return class_name === 'BatchNormalization' && config.center === false && config.scale === false;
}

/** relu6(x + 3) / 6; TensorFlow.js's own `hardSigmoid` has another slope. */
function hardSigmoid(name: string, inputs: readonly string[]): StockLayer[] {
  const [shift, clip] = [`${name}_shift`, `${name}_clip`];
  const relu = { max_value: 6, negative_slope: 0, threshold: 0 };
  return [
    { type: 'Rescaling', name: shift, inputs, config: { scale: 1, offset: 3 } },
    { type: 'ReLU', name: clip, inputs: [shift], config: relu },
    { type: 'Rescaling', name, inputs: [clip], config: { scale: 1 / 6, offset: 0 } },
  ];
}

const glorotUniform = { class_name: 'GlorotUniform', config: { seed: null } };
const channelsLast = { data_format: 'channels_last' };

function layerConfig(layer: Exclude<Layer, { type: 'Normalization' }>): object {
  switch (layer.type) {
    case 'Conv2D':
      return { filters: layer.filters, kernel_initializer: glorotUniform, ...convolution(layer) };
    case 'DepthwiseConv2D':
      return { depth_multiplier: 1, depthwise_initializer: glorotUniform, ...convolution(layer) };
    case 'BatchNormalization':
      return { axis: -1, epsilon: layer.epsilon, momentum: layer.momentum, center: true, scale: true };
    case 'ReLU':
      return { max_value: layer.maxValue, negative_slope: 0, threshold: 0 };
    case 'ZeroPadding2D': {
      const [top, bottom, left, right] = layer.padding;
      return {
        padding: [
          [top, bottom],
          [left, right],
        ],
        ...channelsLast,
      };
    }
    case 'Dense': {
      const { units, activation } = layer;
      return { units, activation, use_bias: true, kernel_initializer: glorotUniform };
    }
    case 'AveragePooling2D':
    case 'MaxPooling2D': {
      const { poolSize } = layer;
      const strides = layer.type === 'MaxPooling2D' ? layer.strides : poolSize;
      return {
        pool_size: [poolSize, poolSize],
        strides: [strides, strides],
        padding: 'valid',
        ...channelsLast,
      };
    }
    case 'GlobalAveragePooling2D':
      return channelsLast;
    case 'Concatenate':
      return { axis: -1 };
    case 'Dropout':
      return { rate: layer.rate };
    case 'OnnxGraph':
      throw new RangeError(`${layer.graph.file} is no layer of Keras or TensorFlow.js`);
    case 'Activation':
      return { activation: layer.activation };
    case 'Add':
    case 'Multiply':
    case 'Average':
      return {};
  }
}

function convolution(layer: Extract<Layer, { type: 'Conv2D' | 'DepthwiseConv2D' }>): object {
  const { kernelSize, strides, padding, useBias } = layer;
  return {
    kernel_size: [kernelSize, kernelSize],
    strides: [strides, strides],
    padding,
    dilation_rate: [1, 1],
    activation: 'linear',
    use_bias: useBias,
    ...channelsLast,
  };
}
