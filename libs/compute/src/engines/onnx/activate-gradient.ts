import type { ActivateStep } from '../steps.ts';
import { activationSteps } from './activation-steps.ts';
import type { DifferentiableImage } from './step-context.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';

/** An activation's forward pass; the slope is computed from the input again, which takes less memory than keeping it. */
export function differentiableActivation(
  { activation }: ActivateStep,
  input: Value,
  graph: GraphBuilder,
): DifferentiableImage {
  const { forward, slope } = activationSteps[activation];
  return {
    image: forward(graph, input),
    backward(gradient, target) {
      if (!target) return null;
      const own = graph.mul(gradient, slope(graph, input));
      return target.addTo ? graph.add(own, target.addTo) : own;
    },
  };
}
