import type { DropoutStep, NormalizeStep } from '../steps.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';
import type { GradientTarget } from './step-context.ts';
import type { TrainingWeights } from './training-weights.ts';

export interface FeatureContext {
  readonly graph: GraphBuilder;
  readonly batch: number;
  readonly weights: TrainingWeights;
}

export interface DifferentiableFeatures {
  readonly features: Value;
  /** Takes the gradient of `features`, gives that of the input, and registers the gradients of weights that train. */
  backward(gradient: Value, target: GradientTarget | null): Value | null;
}

/** The input of a training graph that brings a dropout layer's mask. */
export const maskName = (layer: string) => `mask:${layer}`;

/** The mask holds 0, or 1 over what is kept. */
export function differentiableDropout(
  { layer, units }: DropoutStep,
  input: Value,
  { graph, batch }: FeatureContext,
): DifferentiableFeatures {
  const mask = graph.input(maskName(layer.name), [batch, units]);
  return {
    features: graph.mul(input, mask),
    backward: (gradient, target) => target && added(graph, graph.mul(gradient, mask), target),
  };
}

/** Keras's BatchNormalization of features [batch, units]: by the batch where it trains, else by its moving statistics. */
export function differentiableNormalize(
  { layer: { name, epsilon, momentum }, units }: NormalizeStep,
  input: Value,
  { graph, weights }: FeatureContext,
): DifferentiableFeatures {
  const dimension = { plain: units, stored: units };
  const [gamma, beta, movingMean, movingVariance] = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map(
    (weight) => weights.declare(name, weight, dimension),
  ) as [Value, Value, Value, Value];
  const trains = weights.isTrainable(name);
  const overBatch = (value: Value) =>
    graph.op('ReduceMean', [value], { axes: { ints: [0] }, keepdims: { int: 0 } });
  const mean = trains ? overBatch(input) : movingMean;
  const centred = graph.sub(input, mean);
  const variance = trains ? overBatch(graph.mul(centred, centred)) : movingVariance;
  const inverse = graph.op('Reciprocal', [graph.op('Sqrt', [graph.add(variance, graph.floats(epsilon))])]);
  const normalized = graph.mul(centred, inverse);
  if (trains) {
    weights.follow(name, 'moving_mean', mean, momentum);
    weights.follow(name, 'moving_variance', variance, momentum);
  }
  return {
    features: graph.add(graph.mul(normalized, gamma), beta),
    backward(gradient, target) {
      const scale = graph.mul(gamma, inverse);
      if (!trains) return target && added(graph, graph.mul(gradient, scale), target);
      const sum = (value: Value) => graph.op('ReduceSum', [value, graph.ints([0])], { keepdims: { int: 0 } });
      const product = graph.mul(gradient, normalized);
      weights.setGradient(name, 'gamma', sum(product));
      weights.setGradient(name, 'beta', sum(gradient));
      if (!target) return null;
      const along = graph.add(overBatch(gradient), graph.mul(normalized, overBatch(product)));
      return added(graph, graph.mul(graph.sub(gradient, along), scale), target);
    },
  };
}

function added(graph: GraphBuilder, gradient: Value, { addTo }: GradientTarget): Value {
  return addTo ? graph.add(gradient, addTo) : gradient;
}
