import type { UnitPoint } from '../../unit/unit-space.ts';
import { cholesky, inverseOf, solveLower, solveUpper } from './cholesky.ts';
import { leastNoise, squaredGap, type Kernel } from './kernel.ts';
import { matern, maternSlope } from './matern.ts';
import { minimiseInBox } from './minimise-in-box.ts';

/** What is searched are logarithms; further out nothing changes but that numbers overflow. */
const outermost = 20;
/** From here the search for a kernel begins, at lengths and a scale of 1. */
const startNoise = 1e-2;

/**
 * The kernel under which the scores are most likely (Rasmussen and Williams 2006, 5.8), times the priors of Optuna 5: on
 * each inverse squared length v, exp(-0.1 (v + 1 / v)); Gamma(2, 1) on the scale, Gamma(1.1, 30) on the noise. `scores` have
 * mean 0 and deviation 1.
 */
export function fitKernel(
  points: readonly UnitPoint[],
  scores: Float64Array,
  isListed: readonly boolean[],
): Kernel {
  const size = isListed.length;
  const posterior = kernelPosterior(points, scores, isListed);
  const start = new Float64Array(size + 2);
  start[size + 1] = Math.log(startNoise);
  const { at } = minimiseInBox(posterior, start, {
    low: start.map(() => -outermost),
    high: start.map(() => outermost),
    tolerance: 1e-2,
    mostSteps: 100,
  });
  return kernelOf(at);
}

function kernelOf(at: Float64Array): Kernel {
  const size = at.length - 2;
  return {
    inverseSquaredLengths: [...at.subarray(0, size)].map(Math.exp),
    scale: Math.exp(at[size]!),
    noise: Math.exp(at[size + 1]!) + leastNoise,
  };
}

/**
 * The negative logarithm of the posterior of a kernel, by the logarithms of its inverse squared lengths, scale and noise (less
 * the least one), without terms that do not depend on them; and its slope.
 */
export function kernelPosterior(
  points: readonly UnitPoint[],
  scores: Float64Array,
  isListed: readonly boolean[],
) {
  const [count, size] = [points.length, isListed.length];
  const gaps = isListed.map((listed, j) => {
    const gap = new Float64Array(count * count);
    for (let a = 0; a < count; a++)
      for (let b = 0; b < a; b++) gap[a * count + b] = squaredGap(points[a]![j]!, points[b]![j]!, listed);
    return gap;
  });
  const distances = new Float64Array(count * count);
  const covariances = new Float64Array(count * count);

  return (at: Float64Array, slope: Float64Array): number => {
    const { inverseSquaredLengths, scale, noise } = kernelOf(at);
    for (let a = 0; a < count; a++) {
      for (let b = 0; b < a; b++) {
        const entry = a * count + b;
        let squared = 0;
        for (let j = 0; j < size; j++) squared += inverseSquaredLengths[j]! * gaps[j]![entry]!;
        distances[entry] = squared;
        covariances[entry] = scale * matern(squared);
      }
      covariances[a * count + a] = scale + noise;
    }
    const lower = cholesky(covariances, count);
    if (lower === null) return Number.POSITIVE_INFINITY;
    const weights = Float64Array.from(scores);
    solveLower(lower, count, weights);
    let value = 0;
    for (let i = 0; i < count; i++)
      value += Math.log(lower[i * count + i]!) + (weights[i]! * weights[i]!) / 2;
    solveUpper(lower, count, weights);
    const inverse = inverseOf(lower, count);

    slope.fill(0);
    let trace = 0;
    for (let a = 0; a < count; a++) {
      for (let b = 0; b < a; b++) {
        const entry = a * count + b;
        // The slope by this entry and its mirror image.
        const pull = inverse[entry]! - weights[a]! * weights[b]!;
        slope[size]! += pull * covariances[entry]!;
        const bySquared = pull * scale * maternSlope(distances[entry]!);
        for (let j = 0; j < size; j++) slope[j]! += bySquared * inverseSquaredLengths[j]! * gaps[j]![entry]!;
      }
      trace += (inverse[a * count + a]! - weights[a]! * weights[a]!) / 2;
    }
    slope[size]! += trace * scale;
    slope[size + 1] = trace * (noise - leastNoise);

    for (const [j, inverseSquared] of inverseSquaredLengths.entries()) {
      value += 0.1 / inverseSquared + 0.1 * inverseSquared;
      slope[j]! += 0.1 * inverseSquared - 0.1 / inverseSquared;
    }
    value += scale - Math.log(scale) + 30 * noise - 0.1 * Math.log(noise);
    slope[size]! += scale - 1;
    slope[size + 1]! += (30 - 0.1 / noise) * (noise - leastNoise);
    return value;
  };
}
