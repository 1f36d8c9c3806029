import type { ConvStep, DenseStep, PoolStep } from '../steps.ts';
import {
  addBias,
  convolutionGradients,
  convolve,
  foldConvolution,
  kernelName,
  leave,
  movingScale,
  runFolded,
  scaleKernel,
  type FoldedConvolution,
  type WeightOf,
} from './conv-steps.ts';
import { tidy, type AnyTensor, type Image, type Matrix, type Vector } from './kernels.ts';
import type { Runtime } from './runtime.ts';

export interface StepGradients {
  /** Null where nobody asked for it. */
  readonly input: AnyTensor | null;
  /** Of a second image that the step reads. */
  readonly second: AnyTensor | null;
  /** Of the step's weights that train, by `<layer>/<weight>`. */
  readonly weights: Readonly<Record<string, AnyTensor>>;
}

export interface ForwardStep<Output extends AnyTensor = AnyTensor> {
  readonly output: Output;
  /** Mean and variance of the batch, where batch normalisation trains. */
  readonly statistics: { readonly mean: Vector; readonly variance: Vector } | null;
  /**
   * Takes the gradient of the output and makes new tensors, to be called in a tidy. What the step kept beside its inputs
   * and its output is gone afterwards.
   */
  backward(gradient: AnyTensor, needsInput: boolean): StepGradients;
}

export interface StepContext {
  readonly runtime: Runtime;
  readonly trainable: ReadonlySet<string>;
  readonly weight: WeightOf;
  /** Of the dropout layers by name, in training. */
  readonly masks: ReadonlyMap<string, Matrix> | null;
}

/** A convolution step whose batch normalisation, where it has one, uses moving statistics. */
export function forwardFolded(
  step: ConvStep,
  input: Image,
  residual: Image | null,
  { runtime: { tf, kernels }, trainable, weight }: StepContext,
  constant: FoldedConvolution | undefined,
): ForwardStep<Image> {
  const { convolution } = step;
  const folded = constant ?? foldConvolution(tf, step, weight);
  const output = runFolded(tf, step, folded, input, residual);
  return {
    output,
    statistics: null,
    backward(gradient, needsInput) {
      const active = activeGradient(step, gradient as Image, output, kernels);
      const ofResidual = residual && tf.clone(active);
      if (!convolution) {
        const ofInput = folded.scale ? tf.mul(active, folded.scale) : tf.clone(active);
        return { input: ofInput, second: ofResidual, weights: {} };
      }
      const trains = trainable.has(convolution.name);
      const kernel = folded.kernel!;
      const needs = { input: needsInput, kernel: trains };
      const gradients = convolutionGradients(tf, kernels, step, { input, kernel, gradient: active }, needs);
      const weights: Record<string, AnyTensor> = {};
      if (trains) {
        const scale = step.normalization && movingScale(tf, step, weight);
        const ofKernel = gradients.kernel!;
        const name = `${convolution.name}/${kernelName(convolution)}`;
        weights[name] = scale ? scaleKernel(tf, step, ofKernel, scale) : ofKernel;
        if (convolution.useBias) {
          const sum = kernels.channelSum(active);
          weights[`${convolution.name}/bias`] = scale ? tf.mul(sum, scale) : sum;
        }
      }
      if (!constant) tf.dispose([folded.kernel, folded.bias, folded.scale] as AnyTensor[]);
      return { input: gradients.input, second: ofResidual, weights };
    },
  };
}

/** A convolution step that normalises by the statistics of the batch. */
export function forwardNormalized(
  step: ConvStep,
  input: Image,
  residual: Image | null,
  { runtime: { tf, kernels }, trainable, weight }: StepContext,
): ForwardStep<Image> {
  const { convolution } = step;
  const { name, epsilon } = step.normalization!;
  const kernel = convolution && (weight(convolution.name, kernelName(convolution)) as Image);
  const bias = convolution?.useBias ? (weight(convolution.name, 'bias') as Vector) : null;
  const convolved = kernel ? addBias(tf, convolve(tf, step, input, kernel), bias) : input;
  const [gamma, beta] = [weight(name, 'gamma') as Vector, weight(name, 'beta') as Vector];
  const normalized = kernels.normalize(convolved, gamma, beta, epsilon);
  const output = leave(tf, step, normalized.output, residual);
  normalized.output.dispose();
  return {
    output,
    statistics: { mean: normalized.mean, variance: normalized.variance },
    backward(gradient, needsInput) {
      const active = activeGradient(step, gradient as Image, output, kernels);
      const ofResidual = residual && tf.clone(active);
      const { input: ofConvolved, gamma: ofGamma, beta: ofBeta } = normalized.backward(active);
      const weights: Record<string, AnyTensor> = { [`${name}/gamma`]: ofGamma, [`${name}/beta`]: ofBeta };
      if (!convolution) return { input: ofConvolved, second: ofResidual, weights };
      convolved.dispose();
      const trains = trainable.has(convolution.name);
      const images = { input, kernel: kernel!, gradient: ofConvolved };
      const needs = { input: needsInput, kernel: trains };
      const gradients = convolutionGradients(tf, kernels, step, images, needs);
      if (trains) weights[`${convolution.name}/${kernelName(convolution)}`] = gradients.kernel!;
      if (trains && bias) weights[`${convolution.name}/bias`] = kernels.channelSum(ofConvolved);
      return { input: gradients.input, second: ofResidual, weights };
    },
  };
}

export function forwardPool(
  { inputShape: { height, width, channels } }: PoolStep,
  input: Image,
  { runtime: { tf } }: StepContext,
): ForwardStep<Matrix> {
  const batch = input.shape[0];
  const output = tidy(tf, () =>
    tf.reshape(tf.avgPool(input, [height, width], 1, 'valid'), [batch, channels]),
  ) as Matrix;
  return {
    output,
    statistics: null,
    backward(gradient) {
      const mean = tf.reshape(tf.div(gradient, height * width), [batch, 1, 1, channels]);
      // Adding to zeros repeats it faster than `tile` does.
      return { input: tf.add(tf.zeros([1, height, width, 1]), mean), second: null, weights: {} };
    },
  };
}

/** The gradient of a softmax is that of the loss with respect to the logits: softmax is the last layer. */
export function forwardDense(
  { layer: { name, activation } }: DenseStep,
  input: Matrix,
  { runtime: { tf, kernels }, trainable, weight }: StepContext,
): ForwardStep<Matrix> {
  const kernel = weight(name, 'kernel') as unknown as Matrix;
  const activations = { linear: tf.clone, relu: tf.relu, softmax: tf.softmax };
  const output = tidy(tf, () =>
    activations[activation](tf.add<Matrix>(tf.matMul(input, kernel), weight(name, 'bias'))),
  );
  return {
    output,
    statistics: null,
    backward(gradient, needsInput) {
      const active =
        activation === 'relu' ? kernels.reluGradient(gradient as Matrix, output, null) : (gradient as Matrix);
      const weights: Record<string, AnyTensor> = {};
      if (trainable.has(name)) {
        weights[`${name}/kernel`] = tf.matMul(input, active, true);
        weights[`${name}/bias`] = tf.sum(active, 0);
      }
      return { input: needsInput ? tf.matMul(active, kernel, false, true) : null, second: null, weights };
    },
  };
}

function activeGradient(
  { relu }: ConvStep,
  gradient: Image,
  output: Image,
  kernels: Runtime['kernels'],
): Image {
  return relu ? kernels.reluGradient(gradient, output, relu.maxValue) : gradient;
}
