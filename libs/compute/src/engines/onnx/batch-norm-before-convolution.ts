import type { ConvStep } from '../steps.ts';
import type { Value } from './graph-builder.ts';
import { declareNormalization } from './normalization-weights.ts';
import type { StepBody, StepContext } from './step-context.ts';
import type { TrainingWeights } from './training-weights.ts';

/** Beyond it, the product of the input with itself costs as much as passes over the output save. */
const mostChannels = 64;

/** With so few the convolution is little more than writing its output: it is done twice, so that its output need not be kept. */
const fewChannels = 24;

/** Values of an image from which on that is done: smaller ones are too little of the memory for the time that it takes. */
export const largeImage = 400_000;

/** Whether the step's output is computed again for the backward pass, where it has as many values an image as `from`. */
export function computesAgain(
  step: ConvStep,
  weights: Pick<TrainingWeights, 'isTrainable'>,
  from = largeImage,
): boolean {
  const { residual, relu, inputShape, outputShape } = step;
  const { height, width, channels } = outputShape;
  const isWorthIt = inputShape.channels <= fewChannels && height * width * channels >= from;
  return normalizesBeforeConvolution(step, weights) && isWorthIt && residual === null && relu !== null;
}

/** Whether the step is a pointwise expansion of few channels behind which batch norm trains. */
export function normalizesBeforeConvolution(
  { convolution, normalization, inputShape, outputShape }: ConvStep,
  weights: Pick<TrainingWeights, 'isTrainable'>,
): boolean {
  if (!convolution || !normalization || !weights.isTrainable(normalization.name)) return false;
  const { type, kernelSize, strides } = convolution;
  const isPointwise = type === 'Conv2D' && kernelSize === 1 && strides === 1;
  return isPointwise && inputShape.channels <= mostChannels && inputShape.channels < outputShape.channels;
}

/**
 * A pointwise convolution and the batch norm in training behind it as one convolution: with x centred and C = x^T x / count, the
 * columns w of the kernel give outputs of variance w^T C w, whatever the bias, known before anything is convolved. Only x and the finished image are
 * kept for the backward pass; of the gradient g of the normalised image that takes x^T g alone.
 */
export function expandByBatch(
  step: ConvStep,
  input: Value,
  residual: Value | null,
  { graph, layout, batch, weights, inputShape, outputShape, againFrom }: StepContext,
): StepBody {
  const { name, epsilon, momentum } = step.normalization!;
  const convolution = step.convolution!;
  const [inChannels, outChannels] = [inputShape.channels, outputShape.channels];
  const kernel = weights.declare(
    convolution.name,
    'kernel',
    { plain: 1, stored: 1 },
    { plain: step.inputShape.channels, stored: inChannels },
    { plain: step.outputShape.channels, stored: outChannels },
  );
  const outputs = { plain: step.outputShape.channels, stored: outChannels };
  const bias = convolution.useBias ? weights.declare(convolution.name, 'bias', outputs) : null;
  const { gamma, beta } = declareNormalization(step, { weights, outputShape });
  const { height, width } = outputShape;
  const count = batch * height * width;
  const columnSums = (matrix: Value) =>
    graph.op('ReduceSum', [matrix, graph.ints([0])], { keepdims: { int: 0 } });
  const options = { kernel: [1, 1] as const };

  const inputMean = layout.mean(input, inputShape);
  const ones = graph.floats(new Float32Array(inChannels).fill(1));
  const centred = layout.affine(input, inputShape, ones, graph.op('Neg', [inputMean]));
  // In a shape of its own: ONNX Runtime would hold the memory of what goes for the next image of the same shape, in the backward pass.
  const pixels = graph.reshape(centred, batch, inChannels, height * width, 1);
  const seenOnce = { image: pixels, shape: { ...inputShape, height: height * width, width: 1 } };
  const covariance = layout.channelProducts(seenOnce, seenOnce);
  const covarianceKernel = graph.op('MatMul', [covariance, kernel]);
  const perCount = graph.floats(1 / count);
  const variance = graph.mul(columnSums(graph.mul(kernel, covarianceKernel)), perCount);
  const inverse = graph.op('Reciprocal', [
    graph.op('Sqrt', [graph.add(graph.op('Max', [variance, graph.floats(0)]), graph.floats(epsilon))]),
  ]);
  const scale = graph.mul(gamma, inverse);
  const scaled = graph.mul(kernel, scale);
  const mean = graph.op('MatMul', [inputMean, kernel]);
  weights.follow(name, 'moving_mean', bias ? graph.add(mean, bias) : mean, momentum);
  weights.follow(name, 'moving_variance', variance, momentum);
  const placed = layout.kernel(centred, scaled, 1, inChannels, outChannels);
  const finish = { ...options, bias: beta, residual, relu: step.relu };
  const image = layout.convolve(centred, placed, finish);
  const goes = () =>
    graph.reshape(layout.convolve(pixels, placed, finish), batch, outChannels, height, width);
  return {
    ...(computesAgain(step, weights, againFrom) ? { image: goes(), again: image } : { image }),
    backward(gradient, target) {
      const sum = graph.mul(layout.mean(gradient, outputShape), graph.floats(count));
      const seen = { image: centred, shape: inputShape };
      const raw = layout.channelProducts(seen, { image: gradient, shape: outputShape });
      const gammaGradient = graph.mul(inverse, columnSums(graph.mul(kernel, raw)));
      weights.setGradient(name, 'gamma', gammaGradient);
      weights.setGradient(name, 'beta', sum);
      const slope = graph.mul(graph.mul(inverse, gammaGradient), perCount);
      if (weights.isTrainable(convolution.name)) {
        const along = graph.sub(raw, graph.mul(covarianceKernel, slope));
        weights.setGradient(convolution.name, 'kernel', graph.mul(along, scale));
        // Batch norm takes out what shifts a channel.
        if (bias) weights.setGradient(convolution.name, 'bias', graph.mul(beta, graph.floats(0)));
      }
      if (!target) return null;
      // With s the scale: (s g) W^T less what batch norm takes out of it, which is a map of x alone.
      const through = graph.op('Gemm', [graph.mul(scaled, graph.op('Neg', [slope])), kernel], {
        transB: { int: 1 },
      });
      const offset = graph.op('MatMul', [scaled, graph.mul(sum, graph.floats(-1 / count))]);
      const lost = layout.convolve(centred, layout.kernel(centred, through, 1, inChannels, inChannels), {
        ...options,
        bias: offset,
        residual: target.addTo,
      });
      return layout.convolve(gradient, layout.kernelBack(scaled, 1, inChannels, outChannels), {
        ...options,
        residual: lost,
      });
    },
  };
}
