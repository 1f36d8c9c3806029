import type { Random } from '@thaw/base';
import { drawIndex } from '../../draw-value.ts';
import type { Kernels } from './kernels.ts';

/** Kernels over listed values: an observation's kernel favours its value and leaves each other a part of the prior's weight. */
export class CategoricalKernels implements Kernels {
  readonly #weights: readonly (readonly number[])[];

  /** `observed` are indices of values, `prior` the values' own probabilities. */
  constructor(observed: readonly number[], prior: readonly number[], priorWeight: number) {
    const kernels = observed.length + 1;
    const rest = prior.map((probability) => (priorWeight * probability * prior.length) / kernels);
    this.#weights = [
      ...observed.map((index) => normalised(rest.map((weight, i) => weight + (i === index ? 1 : 0)))),
      prior,
    ];
  }

  sample(kernel: number, random: Random): number {
    return drawIndex(this.#weights[kernel]!, random);
  }

  logDensity(kernel: number, inner: number): number {
    return Math.log(this.#weights[kernel]![inner]!);
  }
}

function normalised(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
