import type { Network } from '../../network.ts';
import { planSteps } from '../plan-steps.ts';
import { GraphBuilder } from './graph-builder.ts';
import { StepWriter, type StepWriterOptions } from './step-writer.ts';
import type { TrainingWeight } from './training-weights.ts';

export interface TrainingGraphOptions extends StepWriterOptions {
  readonly trainable: ReadonlySet<string>;
  /** Whether gradients are put out as sums with those that come in. */
  readonly gathers: boolean;
}

/** A graph whose weights are inputs. */
export interface TrainingGraph {
  readonly bytes: Uint8Array;
  readonly weights: readonly TrainingWeight[];
}

/** Names of the graph's inputs and outputs beside the weights, which come in by their key. */
export const names = {
  labels: 'labels',
  /** What each image's loss counts for: one over the batch, or that times the image's weight. */
  shares: 'shares',
  probabilities: 'probabilities',
  gradient: (key: string) => `gradient:${key}`,
  gathered: (key: string) => `gathered:${key}`,
  statistic: (key: string) => `statistic:${key}`,
};

/**
 * Forward pass, categorical cross-entropy averaged over the batch by each image's share, and backward pass as one ONNX graph. It puts out the
 * probabilities, the gradient of every weight that trains, and the statistics that those of batch normalisation follow. Throws
 * RangeError for a network that does not end in a softmax.
 */
export function buildTrainingGraph(network: Network, options: TrainingGraphOptions): TrainingGraph {
  const graph = new GraphBuilder();
  const writer = new StepWriter(network, graph, options);
  const steps = planSteps(network);
  const last = steps.at(-1);
  if (last?.type !== 'dense' || last.layer.activation !== 'softmax') {
    throw new RangeError('a network that trains must end in a Dense layer with softmax');
  }
  const backwards = steps.map((step) => writer.forward(step));
  const probabilities = writer.value(last.output);
  const labels = graph.input(names.labels, [options.batch, last.layer.units]);
  const shares = graph.input(names.shares, [options.batch, 1]);
  writer.backward(backwards, graph.mul(graph.sub(probabilities, labels), shares));
  // ONNX Runtime computes the last output with all that it needs first. In this order every layer's gradients come right
  // after those of the layer behind it, so that what the forward pass has kept for them is let go as early as can be.
  const { gradients, followed } = writer.weights;
  const weights = writer.weights.list();
  const shapes = new Map(weights.map(({ key, graphShape }) => [key, graphShape]));
  for (const [key, gradient] of [...gradients].reverse()) {
    const before = options.gathers ? graph.input(names.gathered(key), shapes.get(key)!) : null;
    graph.output(names.gradient(key), before === null ? gradient : graph.add(before, gradient));
  }
  for (const [key, { value }] of followed) graph.output(names.statistic(key), value);
  graph.output(names.probabilities, probabilities);
  return { bytes: graph.encode(), weights };
}

/** The forward pass in inference alone, which puts out the probabilities: nothing trains and nothing is dropped. */
export function buildForwardGraph(
  network: Network,
  options: Pick<StepWriterOptions, 'batch' | 'layout'>,
): TrainingGraph {
  const graph = new GraphBuilder();
  const writer = new StepWriter(network, graph, { ...options, trainable: null });
  const steps = planSteps(network);
  for (const step of steps) writer.forward(step);
  graph.output(names.probabilities, writer.value(steps.at(-1)!.output));
  return { bytes: graph.encode(), weights: writer.weights.list() };
}
