import {
  tidy,
  type AnyTensor,
  type Image,
  type Kernels,
  type Normalized,
  type Shape4D,
  type TensorFlow,
  type Vector,
  type Window,
} from './kernels.ts';

interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** What tfjs-node's backend has beyond the interface of TensorFlow.js. */
interface NodeBackend {
  readonly binding: Record<
    'TF_FLOAT' | 'TF_ATTR_TYPE' | 'TF_ATTR_FLOAT' | 'TF_ATTR_BOOL' | 'TF_ATTR_STRING',
    number
  >;
  executeMultipleOutputs(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly AnyTensor[],
    outputs: number,
  ): AnyTensor[];
}

/** TensorFlow's own operations, gradients included, through tfjs-node's backend. */
export class NativeKernels implements Kernels {
  readonly #tf: TensorFlow;
  readonly #backend: NodeBackend;

  constructor(tf: TensorFlow) {
    this.#tf = tf;
    this.#backend = tf.backend() as unknown as NodeBackend;
  }

  convInputGradient(gradient: Image, kernel: Image, window: Window, inputShape: Shape4D): Image {
    return this.#kernel('Conv2DBackpropInput', { dy: gradient, filter: kernel }, { ...window, inputShape });
  }

  convKernelGradient(input: Image, gradient: Image, window: Window, filterShape: Shape4D): Image {
    return this.#kernel('Conv2DBackpropFilter', { x: input, dy: gradient }, { ...window, filterShape });
  }

  depthwiseInputGradient(gradient: Image, kernel: Image, window: Window, inputShape: Shape4D): Image {
    const inputs = { dy: gradient, filter: kernel };
    return this.#kernel('DepthwiseConv2dNativeBackpropInput', inputs, { ...window, inputShape });
  }

  depthwiseKernelGradient(input: Image, gradient: Image, window: Window, filterShape: Shape4D): Image {
    const inputs = { x: input, dy: gradient };
    return this.#kernel('DepthwiseConv2dNativeBackpropFilter', inputs, { ...window, filterShape });
  }

  reluGradient<T extends AnyTensor>(gradient: T, output: T, maxValue: number | null): T {
    if (maxValue === null) return this.#operation('ReluGrad', [], [gradient, output])[0] as T;
    if (maxValue === 6) return this.#operation('Relu6Grad', [], [gradient, output])[0] as T;
    const tf = this.#tf;
    return tidy(tf, () => {
      const inside = tf.logicalAnd(tf.greater(output, 0), tf.less(output, maxValue));
      return tf.mul(gradient, tf.cast(inside, 'float32'));
    });
  }

  channelSum(image: Image): Vector {
    const { TF_ATTR_STRING } = this.#backend.binding;
    const format = { name: 'data_format', type: TF_ATTR_STRING, value: 'NHWC' };
    return this.#operation('BiasAddGrad', [format], [image])[0] as Vector;
  }

  normalize(input: Image, gamma: Vector, beta: Vector, epsilon: number): Normalized {
    const tf = this.#tf;
    const { TF_FLOAT, TF_ATTR_TYPE, TF_ATTR_FLOAT, TF_ATTR_BOOL, TF_ATTR_STRING } = this.#backend.binding;
    const attributes = [
      { name: 'U', type: TF_ATTR_TYPE, value: TF_FLOAT },
      { name: 'epsilon', type: TF_ATTR_FLOAT, value: epsilon },
      { name: 'data_format', type: TF_ATTR_STRING, value: 'NHWC' },
      { name: 'is_training', type: TF_ATTR_BOOL, value: true },
    ];
    const empty = tf.tensor1d([]);
    const results = this.#operation('FusedBatchNormV3', attributes, [input, gamma, beta, empty, empty], 6);
    empty.dispose();
    const [output, mean, corrected, ...reserved] = results as [Image, Vector, Vector, ...AnyTensor[]];
    const count = input.size / input.shape[3];
    const variance = tf.mul(corrected, Math.max(count - 1, 1) / count) as Vector;
    corrected.dispose();
    return {
      output,
      mean,
      variance,
      backward: (gradient) => {
        const inputs = [gradient, input, gamma, ...reserved];
        const gradients = this.#operation('FusedBatchNormGradV3', attributes, inputs, 5);
        tf.dispose([...reserved, ...gradients.slice(3)]);
        const [ofInput, ofGamma, ofBeta] = gradients as [Image, Vector, Vector];
        return { input: ofInput, gamma: ofGamma, beta: ofBeta };
      },
    };
  }

  #operation(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly AnyTensor[],
    outputs = 1,
  ): AnyTensor[] {
    const { TF_FLOAT, TF_ATTR_TYPE } = this.#backend.binding;
    const type = { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT };
    return this.#backend.executeMultipleOutputs(name, [type, ...attributes], inputs, outputs);
  }

  #kernel(
    name: string,
    inputs: Record<string, AnyTensor>,
    { strides, padding, ...shapes }: Window & Record<string, unknown>,
  ): Image {
    const attributes = { strides, pad: padding, dilations: 1, dataFormat: 'NHWC', ...shapes };
    return this.#tf.engine().runKernel(name, inputs, attributes as never) as Image;
  }
}
