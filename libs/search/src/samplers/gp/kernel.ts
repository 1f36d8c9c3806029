import type { UnitPoint } from '../../unit/unit-space.ts';
import { matern } from './matern.ts';

/** What a Gaussian process believes of a function before it has seen it. */
export interface Kernel {
  /** One over the squared length over which the function changes, for each coordinate. */
  readonly inverseSquaredLengths: readonly number[];
  /** Variance of the function. */
  readonly scale: number;
  /** Variance of what is measured of it. */
  readonly noise: number;
}

/** Less noise than this is not believed: the covariance would have no inverse. */
export const leastNoise = 1e-6;

/** How far two points are from each other along a coordinate, squared: listed values are the same or 1 apart. */
export function squaredGap(a: number, b: number, isListed: boolean): number {
  if (isListed) return a === b ? 0 : 1;
  return (a - b) * (a - b);
}

/** The covariance of the function at two points. */
export function covariance(a: UnitPoint, b: UnitPoint, isListed: readonly boolean[], kernel: Kernel): number {
  let squared = 0;
  for (let j = 0; j < a.length; j++)
    squared += kernel.inverseSquaredLengths[j]! * squaredGap(a[j]!, b[j]!, isListed[j]!);
  return kernel.scale * matern(squared);
}
