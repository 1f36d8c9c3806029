import { normalTail } from '@thaw/base';

/** The mass of the standard normal distribution between two points, to 1e-15 (absolute). */
export function normalMass(low: number, high: number): number {
  return low > 0 ? normalTail(low) - normalTail(high) : normalTail(-high) - normalTail(-low);
}
