import type { Parameter, ParameterValues } from './experiment.ts';

/** How many trials a grid over the parameters has: one without parameters. */
export function gridSize(parameters: Record<string, Parameter>): number {
  return Object.values(parameters).reduce((size, { values }) => size * values.length, 1);
}

/** The positions in a grid with the given numbers of values, the last one counting fastest. */
export function* gridPositions(sizes: readonly number[]): Generator<number[]> {
  const [size, ...rest] = sizes;
  if (size === undefined) {
    yield [];
    return;
  }
  for (let index = 0; index < size; index += 1) {
    for (const position of gridPositions(rest)) yield [index, ...position];
  }
}

/** Positions that together touch every value at least once: one value at a time, the first of each otherwise. */
export function spanningPositions(sizes: readonly number[]): number[][] {
  const first = sizes.map(() => 0);
  return [
    first,
    ...sizes.flatMap((size, axis) =>
      Array.from({ length: size - 1 }, (_, index) => first.with(axis, index + 1)),
    ),
  ];
}

/** The values at a position. */
export function valuesAt(
  parameters: Record<string, Parameter>,
  position: readonly number[],
): ParameterValues {
  return Object.fromEntries(
    Object.entries(parameters).map(([path, { values }], axis) => [path, values[position[axis]!]]),
  );
}
