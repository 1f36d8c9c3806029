import type { Dimension } from './training-weights.ts';

/**
 * Copies a weight between its plain size and its stored size: entries that the layout adds are zero, and are dropped on the
 * way back.
 */
export function resizeStored(
  data: Float32Array,
  dimensions: readonly Dimension[],
  to: 'plain' | 'stored',
): Float32Array {
  const from = to === 'plain' ? 'stored' : 'plain';
  if (dimensions.every(({ plain, stored }) => plain === stored)) return data.slice();
  const size = dimensions.reduce((product, dimension) => product * dimension[to], 1);
  const result = new Float32Array(size);
  const copy = (axis: number, source: number, target: number): void => {
    const dimension = dimensions[axis]!;
    if (axis === dimensions.length - 1) {
      const start = source * dimension[from];
      result.set(data.subarray(start, start + dimension.plain), target * dimension[to]);
      return;
    }
    for (let i = 0; i < dimension.plain; i++)
      copy(axis + 1, source * dimension[from] + i, target * dimension[to] + i);
  };
  copy(0, 0, 0);
  return result;
}
