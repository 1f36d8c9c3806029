import { normalTail } from '@thaw/base';

/** Φ⁻¹(p), to 1e-12: Abramowitz and Stegun 26.2.23, made exact by Halley's method. Infinite at 0 and 1. */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  const t = Math.sqrt(-2 * Math.log(p));
  let x =
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) /
      (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t);
  for (let step = 0; step < 3; step++) {
    // The error of the lower tail at -x, over the density there.
    const error = (normalTail(x) - p) * Math.sqrt(2 * Math.PI) * Math.exp((x * x) / 2);
    x += error / (1 + (x * error) / 2);
  }
  return -x;
}
