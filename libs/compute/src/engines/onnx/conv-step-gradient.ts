import type { ConvStep } from '../steps.ts';
import { expandByBatch, normalizesBeforeConvolution } from './batch-norm-before-convolution.ts';
import { differentiableConvolution } from './convolution-gradient.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';
import { declareNormalization } from './normalization-weights.ts';
import type { DifferentiableConvolution, DifferentiableStep, StepBody, StepContext } from './step-context.ts';

/** Writes a convolution step's forward pass; its backward pass is written when asked. */
export function differentiableConvStep(
  step: ConvStep,
  input: Value,
  residual: Value | null,
  context: StepContext,
): DifferentiableStep {
  const { graph, differentiable } = context;
  const body = bodyOf(step, input, residual, context);
  // Written before the gradient that it multiplies: of two inputs ONNX Runtime computes the later one first, and would
  // otherwise hold the slopes of all layers before the first gradient.
  const { image, again } = body;
  const slopes = step.relu && differentiable ? slope(graph, again ?? image, step.relu.maxValue) : null;
  return {
    ...{ image, again },
    backward(gradient, target) {
      const active = slopes ? graph.mul(gradient, slopes) : gradient;
      return { input: body.backward(active, target), second: residual && active };
    },
  };
}

/** ReLU's derivative at its output: 1 strictly between 0 and the maximum, as TensorFlow's ReluGrad and Relu6Grad. */
function slope(graph: GraphBuilder, output: Value, maxValue: number | null): Value {
  if (maxValue === null) return graph.indicator(graph.op('Greater', [output, graph.floats(0)]));
  const below = Math.fround(maxValue * (1 - 2 ** -24));
  const clipped = graph.op('Clip', [output, graph.floats(1e-30), graph.floats(below)]);
  return graph.indicator(graph.op('Equal', [clipped, output]));
}

/** The step up to its ReLU. */
function bodyOf(step: ConvStep, input: Value, residual: Value | null, context: StepContext): StepBody {
  if (normalizesBeforeConvolution(step, context.weights))
    return expandByBatch(step, input, residual, context);
  const convolution = differentiableConvolution(step, input, context);
  const { normalization } = step;
  const byBatch = normalization !== null && context.weights.isTrainable(normalization.name);
  const normalize = byBatch ? normalizeByBatch : normalizeByMovingStatistics;
  return normalize(step, residual, convolution, context);
}

/** Normalises by the statistics of this batch and moves the moving ones: Keras's BatchNormalization in training. */
function normalizeByBatch(
  step: ConvStep,
  residual: Value | null,
  convolution: DifferentiableConvolution,
  { graph, layout, batch, weights, outputShape }: StepContext,
): StepBody {
  const { name, epsilon, momentum } = step.normalization!;
  const { gamma, beta, movingMean } = declareNormalization(step, { weights, outputShape });
  const count = batch * outputShape.height * outputShape.width;
  // The one-pass variance loses digits when the mean is far from zero; the moving mean as a shift brings it near.
  const image = convolution.forward(null, graph.op('Neg', [movingMean]), {});
  const mean = layout.mean(image, outputShape);
  const meanSquare = layout.meanProduct(image, image, outputShape);
  const variance = graph.op('Max', [graph.sub(meanSquare, graph.mul(mean, mean)), graph.floats(0)]);
  const inverse = graph.op('Reciprocal', [graph.op('Sqrt', [graph.add(variance, graph.floats(epsilon))])]);
  const scale = graph.mul(gamma, inverse);
  const shift = graph.sub(beta, graph.mul(mean, scale));
  weights.follow(name, 'moving_mean', graph.add(mean, movingMean), momentum);
  weights.follow(name, 'moving_variance', variance, momentum);
  return {
    image: layout.affine(image, outputShape, scale, shift, { residual, relu: step.relu }),
    backward(gradient, target) {
      const meanGradient = layout.mean(gradient, outputShape);
      const product = layout.meanProduct(image, gradient, outputShape);
      // The mean over the batch of gradient * normalised image.
      const along = graph.mul(inverse, graph.sub(product, graph.mul(mean, meanGradient)));
      weights.setGradient(name, 'gamma', graph.mul(along, graph.floats(count)));
      weights.setGradient(name, 'beta', graph.mul(meanGradient, graph.floats(count)));
      // d image = scale * (gradient - meanGradient - along * normalised image); the convolution takes the scale along.
      const slope = graph.mul(inverse, along);
      const offset = graph.sub(graph.mul(slope, mean), meanGradient);
      const options = { residual: gradient };
      const centred = layout.affine(image, outputShape, graph.op('Neg', [slope]), offset, options);
      return convolution.backward(centred, scale, target);
    },
  };
}

/** No normalisation, or one with fixed statistics: folded into the convolution. */
function normalizeByMovingStatistics(
  step: ConvStep,
  residual: Value | null,
  convolution: DifferentiableConvolution,
  { graph, weights, outputShape }: StepContext,
): StepBody {
  let scale: Value | null = null;
  let shift: Value | null = null;
  if (step.normalization) {
    const { gamma, beta, movingMean, movingVariance } = declareNormalization(step, { weights, outputShape });
    const variance = graph.add(movingVariance, graph.floats(step.normalization.epsilon));
    scale = graph.div(gamma, graph.op('Sqrt', [variance]));
    shift = graph.sub(beta, graph.mul(movingMean, scale));
  }
  return {
    image: convolution.forward(scale, shift, { residual, relu: step.relu }),
    backward: (gradient, target) => convolution.backward(gradient, scale, target),
  };
}
