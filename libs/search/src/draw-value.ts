import type { Random } from '@thaw/base';
import { axisOf, type Parameter } from '@thaw/experiment';

/** A value drawn from a parameter's own distribution; listed values without probabilities are equally likely. */
export function drawValue(parameter: Parameter, random: Random): unknown {
  if ('values' in parameter) return parameter.values[drawIndex(probabilitiesOf(parameter), random)];
  const axis = axisOf(parameter);
  return axis.value(axis.draw(random));
}

/** The probability of each listed value. */
export function probabilitiesOf({
  values,
  probabilities,
}: {
  readonly values: readonly unknown[];
  readonly probabilities?: readonly number[];
}): readonly number[] {
  return probabilities ?? values.map(() => 1 / values.length);
}

/** An index drawn by weights, which are not negative and not all 0. */
export function drawIndex(weights: readonly number[], random: Random): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let rest = random.uniform(0, total);
  let last = 0;
  for (const [index, weight] of weights.entries()) {
    if (weight <= 0) continue;
    last = index;
    rest -= weight;
    if (rest < 0) return index;
  }
  return last;
}
