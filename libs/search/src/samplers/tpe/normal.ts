import { normalTail } from '@thaw/base';

/** log(Φ(high) - Φ(low)), with small masses far from the middle as exact as those near it; -Infinity where even a float64 has none. */
export function logNormalMass(low: number, high: number): number {
  if (low > 0) return logNormalMass(-high, -low);
  if (high > 0) return Math.log1p(-normalTail(-low) - normalTail(high));
  return Math.log(normalTail(-high) - normalTail(-low));
}

export function logNormalDensity(x: number): number {
  return -0.5 * (x * x + Math.log(2 * Math.PI));
}
