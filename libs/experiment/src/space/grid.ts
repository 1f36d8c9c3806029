import type { ParameterValues } from '../experiment.ts';
import type { SearchSpace } from './space.ts';
import { dependencyOrder, finiteValues, isActive } from './space.ts';

/** How many different trials a grid over the parameters has: one without parameters, Infinity where values are continuous. */
export function gridSize(parameters: SearchSpace): number {
  const paths = dependencyOrder(parameters);
  const deciding = paths.filter((path) =>
    Object.values(parameters).some(({ when }) => when !== undefined && Object.hasOwn(when, path)),
  );
  const count = (path: string) => finiteValues(parameters[path]!)?.length ?? Number.POSITIVE_INFINITY;
  if (deciding.some((path) => count(path) === Number.POSITIVE_INFINITY)) return Number.POSITIVE_INFINITY;
  const sizeBeside = (values: ParameterValues, left: readonly string[]): number => {
    const [path, ...rest] = left;
    if (path === undefined) {
      return paths
        .filter((other) => !deciding.includes(other) && isActive(other, parameters, values))
        .reduce((size, other) => size * count(other), 1);
    }
    if (!isActive(path, parameters, values)) return sizeBeside(values, rest);
    return kindsOf(path, parameters).reduce(
      (size, { value, count: times }) => size + times * sizeBeside({ ...values, [path]: value }, rest),
      0,
    );
  };
  return sizeBeside({}, deciding);
}

/** The values of a parameter that others depend on, and how many there are of each kind: those that nobody waits for are one kind. */
function kindsOf(path: string, parameters: SearchSpace): { value: unknown; count: number }[] {
  const parameter = parameters[path]!;
  if ('values' in parameter) return parameter.values.map((value) => ({ value, count: 1 }));
  const values = finiteValues(parameter)!;
  const waitedFor = new Set(Object.values(parameters).flatMap(({ when }) => when?.[path] ?? []));
  const kinds = [...waitedFor]
    .filter((value) => values.includes(value))
    .map((value) => ({ value, count: 1 }));
  return [...kinds, { value: undefined, count: values.length - kinds.length }];
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
