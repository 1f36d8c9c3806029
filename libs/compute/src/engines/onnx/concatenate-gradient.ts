import type { ConcatenateStep } from '../steps.ts';
import { concatenated } from './inference-steps.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';
import type { DifferentiableStep } from './step-context.ts';

/**
 * Two images as one, with the stored channels of each; a gradient is cut where they meet. In memory, too, one lies behind the other: the
 * blocks of the first are full. Throws RangeError where they are not.
 */
export function differentiableConcatenation(
  { output, inputShape }: ConcatenateStep,
  images: readonly [Value, Value],
  stored: readonly [number, number],
  graph: GraphBuilder,
): DifferentiableStep {
  const [meet, end] = [stored[0], stored[0] + stored[1]];
  if (meet !== inputShape.channels)
    throw new RangeError(`${output}: ${inputShape.channels} channels fill no blocks, and cannot be joined`);
  return {
    image: concatenated(graph, ...images),
    backward(gradient, target) {
      const part = (from: number, to: number) =>
        graph.op('Slice', [gradient, graph.ints([from]), graph.ints([to]), graph.ints([1])]);
      const first = target && part(0, meet);
      return {
        input: first && target.addTo ? graph.add(first, target.addTo) : first,
        second: part(meet, end),
      };
    },
  };
}
