import { isDeepStrictEqual } from 'node:util';
import type { Random } from '@thaw/base';
import { axisOf, type Parameter, type ParameterValues, type SearchSpace } from '@thaw/experiment';
import { drawIndex, probabilitiesOf } from '../../draw-value.ts';
import { CategoricalKernels } from './categorical-kernels.ts';
import type { Kernels } from './kernels.ts';
import { NumericKernels } from './numeric-kernels.ts';
import type { TpeOptions } from './tpe-options.ts';

/** The newest so many observations count fully; older ones the less, the older they are. */
const newest = 25;

/**
 * A density over some parameters, estimated from observed points: a mixture of products of kernels, one for each observation
 * and one for the prior (Bergstra et al. 2011, 2013; weights and widths as in Optuna 5).
 */
export class ParzenEstimator {
  readonly #paths: readonly string[];
  readonly #parameters: readonly Parameter[];
  readonly #kernels: readonly Kernels[];
  readonly #weights: readonly number[];
  readonly #logWeights: readonly number[];

  /** `observations` in the order of their trials; those that lack a parameter, or hold a value that it cannot have, do not count. */
  constructor(
    space: SearchSpace,
    observations: readonly ParameterValues[],
    options: Pick<TpeOptions, 'priorWeight' | 'magicClip' | 'endpoints'>,
  ) {
    this.#paths = Object.keys(space);
    this.#parameters = Object.values(space);
    const points = observations
      .map((values) => this.#inner(values))
      .filter((point) => point.every((each) => each !== null));
    const weights = [...observationWeights(points.length), points.length === 0 ? 1 : options.priorWeight];
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    this.#weights = weights.map((weight) => weight / total);
    this.#logWeights = this.#weights.map(Math.log);
    this.#kernels = this.#parameters.map((parameter, i) => {
      const observed = points.map((point) => point[i]!);
      return 'values' in parameter
        ? new CategoricalKernels(observed, probabilitiesOf(parameter), options.priorWeight)
        : new NumericKernels(axisOf(parameter), observed, options);
    });
  }

  sample(random: Random): ParameterValues {
    const kernel = drawIndex(this.#weights, random);
    const values = this.#kernels.map((kernels, i) => {
      const inner = kernels.sample(kernel, random);
      const parameter = this.#parameters[i]!;
      return [this.#paths[i]!, 'values' in parameter ? parameter.values[inner] : inner] as const;
    });
    return Object.fromEntries(values);
  }

  /** The log of the density at a point; on the logarithm's scale for parameters that have one. */
  logDensity(values: ParameterValues): number {
    const point = this.#inner(values);
    const logs = this.#logWeights.map((logWeight, kernel) =>
      this.#kernels.reduce((sum, kernels, i) => sum + kernels.logDensity(kernel, point[i]!), logWeight),
    );
    const most = Math.max(...logs);
    if (most === Number.NEGATIVE_INFINITY) return most;
    return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0));
  }

  /** The values as kernels have them; null for one that is missing or impossible. */
  #inner(values: ParameterValues): (number | null)[] {
    return this.#parameters.map((parameter, i) => {
      const value = values[this.#paths[i]!];
      if (!('values' in parameter)) return typeof value === 'number' && Number.isFinite(value) ? value : null;
      const index = parameter.values.findIndex((each) => isDeepStrictEqual(each, value));
      return index === -1 ? null : index;
    });
  }
}

function observationWeights(count: number): number[] {
  const older = Math.max(0, count - newest);
  return Array.from({ length: count }, (_, index) => {
    if (index >= older || older === 1) return index >= older ? 1 : 1 / count;
    return 1 / count + ((1 - 1 / count) * index) / (older - 1);
  });
}
