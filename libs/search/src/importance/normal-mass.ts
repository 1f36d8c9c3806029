import { complementaryError } from '../complementary-error.ts';

/** The mass of the standard normal distribution between two points, to 1e-15 (absolute). */
export function normalMass(low: number, high: number): number {
  return low > 0 ? lowerTail(-low) - lowerTail(-high) : lowerTail(high) - lowerTail(low);
}

function lowerTail(x: number): number {
  return x > 0 ? 1 - complementaryError(x / Math.SQRT2) / 2 : complementaryError(-x / Math.SQRT2) / 2;
}
