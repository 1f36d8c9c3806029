import { isDeepStrictEqual } from 'node:util';
import { axisOf, valuesOf, type FiniteValues } from './axis.ts';
import type { Parameter, ParameterValues } from '../experiment.ts';

/** The parameters that a search varies, by their dotted path, in the order in which they were written. */
export type SearchSpace = Readonly<Record<string, Parameter>>;

/** The values of a parameter, in order: those listed, or those of a quantised distribution with ends; null for others. */
export function finiteValues(parameter: Parameter): FiniteValues | null {
  return 'values' in parameter ? parameter.values : valuesOf(parameter);
}

/** Values that show what a parameter can be: all that are listed; of a distribution its ends (where it has none, what it hardly ever passes) and one between. */
export function sampleValues(parameter: Parameter): readonly unknown[] {
  if ('values' in parameter) return parameter.values;
  const { low, high, mean, width, value } = axisOf(parameter);
  const between = Number.isFinite(width) && Number.isFinite(low) ? low + 0.382 * (high - low) : mean;
  // A normal variate is beyond 4 deviations once in 16,000 draws.
  // A beta variate comes near 0 and 1 and is neither.
  const inset = 'a' in parameter ? 1e-3 : 0;
  return [Math.max(low + inset, mean - 4 * width), Math.min(high - inset, mean + 4 * width), between].map(
    value,
  );
}

/** Whether a parameter matters to a trial with these values: all that it depends on matter and have one of the values that it wants. */
export function isActive(path: string, parameters: SearchSpace, values: ParameterValues): boolean {
  return Object.entries(parameters[path]?.when ?? {}).every(
    ([other, wanted]) =>
      Object.hasOwn(parameters, other) &&
      isActive(other, parameters, values) &&
      wanted.some((value) => isDeepStrictEqual(value, values[other])),
  );
}

/** The values without those of parameters that cannot matter beside the others. */
export function activeValues(parameters: SearchSpace, values: ParameterValues): ParameterValues {
  return Object.fromEntries(Object.entries(values).filter(([path]) => isActive(path, parameters, values)));
}

/** The paths with every parameter behind those that it depends on, otherwise as they come. Throws RangeError where parameters depend on each other, or on one that is not there. */
export function dependencyOrder(parameters: SearchSpace): string[] {
  const order: string[] = [];
  const visit = (path: string, waiting: readonly string[]) => {
    if (order.includes(path)) return;
    if (waiting.includes(path)) throw new RangeError(`${path} depends on itself: ${waiting.join(' -> ')}`);
    if (!Object.hasOwn(parameters, path)) {
      throw new RangeError(`${waiting.at(-1) ?? ''} depends on ${path}, which is no parameter`);
    }
    for (const other of Object.keys(parameters[path]!.when ?? {})) visit(other, [...waiting, path]);
    order.push(path);
  };
  for (const path of Object.keys(parameters)) visit(path, []);
  return order;
}
