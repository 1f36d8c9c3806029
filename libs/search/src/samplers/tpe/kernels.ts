import type { Random } from '@thaw/base';

/** The kernels of a Parzen estimator along one parameter: one for each observation, and last the prior. */
export interface Kernels {
  /** The parameter's value inside the estimator: a number, or the index of a listed value. */
  sample(kernel: number, random: Random): number;
  logDensity(kernel: number, inner: number): number;
}
