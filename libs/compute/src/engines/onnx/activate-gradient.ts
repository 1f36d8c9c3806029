import type { ActivateStep } from '../steps.ts';
import { activationSteps } from './activation-steps.ts';
import type { Value } from './graph-builder.ts';
import type { DifferentiableImage, StepContext } from './step-context.ts';

type ActivationContext = Pick<StepContext, 'graph' | 'layout' | 'inputShape'>;

/** An activation's forward pass; the slope is computed from the input again, which takes less memory than keeping it. */
export function differentiableActivation(
  { activation }: ActivateStep,
  input: Value,
  context: ActivationContext,
): DifferentiableImage {
  const { graph, layout } = context;
  const isSwish = activation === 'swish';
  const { forward, slope } = activationSteps[activation];
  const image = isSwish ? layout.swish(input) : forward(graph, input);
  return {
    image,
    backward(gradient, target) {
      if (!target) return null;
      const own = graph.mul(gradient, isSwish ? swishSlope(input, image, context) : slope(graph, input));
      return target.addTo ? graph.add(own, target.addTo) : own;
    },
  };
}

/** With y the swish of x and r = sigmoid(-x): sigmoid(x) + y * sigmoid(-x) = 1 - r + r * y, in three passes over the image. */
function swishSlope(input: Value, result: Value, { graph, layout, inputShape }: ActivationContext): Value {
  const all = (value: number) => graph.floats(new Float32Array(inputShape.channels).fill(value));
  const rest = layout.affine(input, inputShape, all(-1), all(0), { sigmoid: true });
  return layout.affine(rest, inputShape, all(-1), all(1), { residual: graph.mul(rest, result) });
}
