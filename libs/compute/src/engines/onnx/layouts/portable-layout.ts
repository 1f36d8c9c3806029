import type { Attribute } from '../onnx-format.ts';
import type { GraphBuilder, Value } from '../graph-builder.ts';
import type { Padding, Shape } from '../../steps.ts';
import { activationSteps } from '../activation-steps.ts';
import type { ConvolutionOptions, Finish, Layout, Picture } from './layout.ts';
import { planeGradients } from './plane-gradients.ts';
import { spreadRows } from './spread-rows.ts';

/** Images as [batch, channels, height, width], with standard ONNX operators alone: runs on every processor. */
export class PortableLayout implements Layout {
  readonly name = 'portable';
  readonly pixels = null;
  readonly #graph: GraphBuilder;
  readonly #batch: number;

  constructor(graph: GraphBuilder, batch: number) {
    this.#graph = graph;
    this.#batch = batch;
  }

  storedChannels(channels: number): number {
    return channels;
  }

  enteredChannels(channels: number): number {
    return channels;
  }

  enter(input: Value): Value {
    return this.#graph.transpose(input, 0, 3, 1, 2);
  }

  channelsFirst(image: Value): Value {
    return image;
  }

  planes(image: Value): Value {
    return image;
  }

  fromPlanes(planes: Value): Value {
    return planes;
  }

  convolve(image: Value, kernel: Value, { bias, ...options }: ConvolutionOptions): Value {
    const result = this.#graph.op('Conv', [image, kernel, bias ?? ''], convolutionAttributes(options));
    return this.#finish(result, options);
  }

  depthwiseKernel(weights: Value, size: number, channels: number): Value {
    return this.#graph.reshape(this.#graph.transpose(weights, 1, 0), channels, 1, size, size);
  }

  kernel(_image: Value, weights: Value, size: number, inChannels: number, outChannels: number): Value {
    return this.#graph.transpose(
      this.#graph.reshape(weights, size, size, inChannels, outChannels),
      3,
      2,
      0,
      1,
    );
  }

  kernelBack(weights: Value, size: number, inChannels: number, outChannels: number): Value {
    return this.#graph.transpose(
      this.#graph.reshape(weights, size, size, inChannels, outChannels),
      2,
      3,
      0,
      1,
    );
  }

  affine(image: Value, { channels }: Shape, scale: Value, shift: Value, finish: Finish = {}): Value {
    const perChannel = (vector: Value) => this.#graph.reshape(vector, 1, channels, 1, 1);
    const scaled = this.#graph.mul(image, perChannel(scale));
    return this.#finish(this.#graph.add(scaled, perChannel(shift)), finish);
  }

  affineOfEach(
    image: Value,
    { channels }: Shape,
    scale: Value,
    shift: Value | null,
    finish: Finish = {},
  ): Value {
    const perImage = (features: Value) => this.#graph.reshape(features, this.#batch, channels, 1, 1);
    const scaled = this.#graph.mul(image, perImage(scale));
    return this.#finish(shift ? this.#graph.add(scaled, perImage(shift)) : scaled, finish);
  }

  swish(image: Value): Value {
    return activationSteps.swish.forward(this.#graph, image);
  }

  pool(image: Value, channels: number): Value {
    return this.#graph.reshape(this.#graph.op('GlobalAveragePool', [image]), this.#batch, channels);
  }

  mean(image: Value, shape: Shape): Value {
    return meanOfImage(this.#graph, image, shape);
  }

  spread(features: Value, { height, width, channels }: Shape): Value {
    const pixels = this.#graph.reshape(features, this.#batch, channels, 1, 1);
    return this.#graph.op('Expand', [pixels, this.#graph.ints([this.#batch, channels, height, width])]);
  }

  meanProduct(a: Value, b: Value, shape: Shape): Value {
    return this.mean(this.#graph.mul(a, b), shape);
  }

  meanProductOfEach(a: Value, b: Value, { channels }: Shape): Value {
    return this.pool(this.#graph.mul(a, b), channels);
  }

  channelProducts(...pictures: [Picture, Picture]): Value {
    const rows = pictures.map(({ image, shape: { height, width, channels } }) =>
      this.#graph.reshape(this.#graph.transpose(image, 1, 0, 2, 3), channels, this.#batch * height * width),
    );
    return this.#graph.op('Gemm', rows, { transB: { int: 1 } });
  }

  depthwiseKernelGradient(
    image: Value,
    shape: Shape,
    gradient: Value,
    gradientShape: Shape,
    options: ConvolutionOptions,
  ): Value {
    const planes = this.#batch * shape.channels;
    const area = options.kernel[0] * options.kernel[1];
    const each = planeGradients(
      this.#graph,
      this,
      planes,
      { image, shape },
      { gradient, gradientShape },
      options,
    );
    const summed = this.#graph.op(
      'ReduceSum',
      [this.#graph.reshape(each, this.#batch, shape.channels, area), this.#graph.ints([0])],
      { keepdims: { int: 0 } },
    );
    return this.#graph.transpose(summed, 1, 0);
  }

  strided(image: Value, _shape: Shape, strides: number): Value {
    return stridedSlice(this.#graph, image, [2, 3], strides);
  }

  interleaveZeros(image: Value, shape: Shape, height: number, width: number): Value {
    const planes = this.#batch * shape.channels;
    const spread = spreadRows(this.#graph, image, planes, shape, 1, height, width);
    return this.#graph.reshape(spread, this.#batch, shape.channels, height, width);
  }

  #finish(value: Value, { residual, relu, sigmoid }: Finish): Value {
    const sum = residual ? this.#graph.add(value, residual) : value;
    if (sigmoid) return this.#graph.op('Sigmoid', [sum]);
    if (!relu) return sum;
    if (relu.maxValue === null) return this.#graph.op('Relu', [sum]);
    return this.#graph.op('Clip', [sum, this.#graph.floats(0), this.#graph.floats(relu.maxValue)]);
  }
}

/** Mean over batch and pixels, row by row first: the sum of a whole plane one pixel after the other loses digits. */
export function meanOfImage(graph: GraphBuilder, image: Value, { width }: Shape, domain = ''): Value {
  const rows = graph.op('AveragePool', [image], { kernel_shape: { ints: [1, width] } }, domain);
  const planes = graph.op('GlobalAveragePool', [rows], {}, domain);
  return graph.op('ReduceMean', [planes], { axes: { ints: [0, 2, 3] }, keepdims: { int: 0 } });
}

/** Every so many of two axes, from the first on. */
export function stridedSlice(
  graph: GraphBuilder,
  image: Value,
  axes: readonly [number, number],
  strides: number,
): Value {
  const ends = [2 ** 31 - 1, 2 ** 31 - 1];
  const inputs = [graph.ints([0, 0]), graph.ints(ends), graph.ints(axes), graph.ints([strides, strides])];
  return graph.op('Slice', [image, ...inputs]);
}

/** ONNX's attributes of a convolution. */
export function convolutionAttributes(options: ConvolutionOptions): Record<string, Attribute> {
  const { kernel, strides = 1, dilations = 1, padding = noPadding, groups = 1 } = options;
  return {
    kernel_shape: { ints: kernel },
    strides: { ints: [strides, strides] },
    dilations: { ints: [dilations, dilations] },
    pads: { ints: [padding.top, padding.left, padding.bottom, padding.right] },
    group: { int: groups },
  };
}

const noPadding: Padding = { top: 0, bottom: 0, left: 0, right: 0 };
