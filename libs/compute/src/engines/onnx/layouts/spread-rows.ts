import type { GraphBuilder, Value } from '../graph-builder.ts';
import type { Shape } from '../../steps.ts';

/**
 * Planes [planes, height, width, values], each with a row and a column of zeros after each of its own, cut to a height and width
 * that is at most one less than twice its own.
 */
export function spreadRows(
  graph: GraphBuilder,
  image: Value,
  planes: number,
  shape: Pick<Shape, 'height' | 'width'>,
  values: number,
  height: number,
  width: number,
): Value {
  const apart = graph.reshape(image, planes, shape.height, 1, shape.width, values);
  const padded = graph.op('Pad', [apart, graph.ints([0, 0, 0, 0, 0, 0, 0, 1, 0, values])]);
  const spread = graph.reshape(padded, planes, 2 * shape.height, 2 * shape.width, values);
  if (height === 2 * shape.height && width === 2 * shape.width) return spread;
  const ends = [graph.ints([0, 0]), graph.ints([height, width]), graph.ints([1, 2])];
  return graph.op('Slice', [spread, ...ends]);
}
