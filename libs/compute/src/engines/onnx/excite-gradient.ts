import type { ExciteStep } from '../steps.ts';
import { activationSteps } from './activation-steps.ts';
import type { Value } from './graph-builder.ts';
import type { DifferentiableImage, StepContext } from './step-context.ts';

/**
 * Squeeze-and-excitation. What the layout adds to the channels is zero in the image and in the weights, and stays so: those gates
 * multiply zeros.
 */
export function differentiableExcite(
  { shape: plain, reduce, inner, expand, gate }: ExciteStep,
  input: Value,
  { graph, layout, weights, inputShape: shape }: Omit<StepContext, 'outputShape' | 'inputAgain'>,
): DifferentiableImage {
  const channels = { plain: plain.channels, stored: shape.channels };
  const units = { plain: reduce.filters, stored: reduce.filters };
  const [first, second] = [dense(reduce.name, channels, units), dense(expand.name, units, channels)];
  const [innerSteps, gateSteps] = [activationSteps[inner], activationSteps[gate]];

  const means = layout.pool(input, shape.channels);
  const reduced = first.forward(means);
  const hidden = innerSteps.forward(graph, reduced);
  const expanded = second.forward(hidden);
  const gates = gateSteps.forward(graph, expanded);
  return {
    image: layout.affineOfEach(input, shape, gates, null),
    backward(gradient, target) {
      const pixels = graph.floats(shape.height * shape.width);
      const ofGates = graph.mul(layout.meanProductOfEach(gradient, input, shape), pixels);
      const ofExpanded = graph.mul(ofGates, gateSteps.slope(graph, expanded));
      second.setGradients(hidden, ofExpanded);
      const ofHidden = second.backward(ofExpanded);
      const ofReduced = graph.mul(ofHidden, innerSteps.slope(graph, reduced));
      first.setGradients(means, ofReduced);
      if (!target) return null;
      const ofMeans = graph.div(first.backward(ofReduced), pixels);
      return layout.affineOfEach(gradient, shape, gates, ofMeans, { residual: target.addTo });
    },
  };

  /** A 1x1 convolution of one pixel. */
  function dense(name: string, from: typeof channels, to: typeof channels) {
    const kernel = weights.declare(name, 'kernel', { plain: 1, stored: 1 }, from, to);
    const bias = weights.declare(name, 'bias', to);
    return {
      forward: (features: Value) => graph.op('Gemm', [features, kernel, bias]),
      backward: (gradient: Value) => graph.op('Gemm', [gradient, kernel], { transB: { int: 1 } }),
      setGradients(features: Value, gradient: Value) {
        if (!weights.isTrainable(name)) return;
        weights.setGradient(name, 'kernel', graph.op('Gemm', [features, gradient], { transA: { int: 1 } }));
        const sum = graph.op('ReduceSum', [gradient, graph.ints([0])], { keepdims: { int: 0 } });
        weights.setGradient(name, 'bias', sum);
      },
    };
  }
}
