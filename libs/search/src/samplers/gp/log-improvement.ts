import type { UnitPoint } from '../../unit/unit-space.ts';
import { cholesky, solveLower, solveUpper } from './cholesky.ts';
import { covariance, leastNoise, squaredGap, type Kernel } from './kernel.ts';
import { maternSlope } from './matern.ts';
import { logNormalImprovement } from './normal-improvement.ts';

/** Keeps the variance at a point that was measured above 0. */
const leastVariance = 1e-12;

export interface Observations {
  /** Of trials with a score, then of running ones. */
  readonly points: readonly UnitPoint[];
  readonly scores: Float64Array;
  readonly isListed: readonly boolean[];
  /**
   * Standard normal numbers, one for each running trial: what each of them may give is drawn with them. Where none runs, one
   * without numbers.
   */
  readonly draws: readonly (readonly number[])[];
}

/**
 * The logarithm of how much a trial at a point can be expected to improve on the best score (to maximise): on the best of those
 * seen and of what the running trials may give, averaged over draws of that from the process (Snoek et al. 2012, 3.2; as a
 * logarithm, Ament et al. 2023). Maximising it is maximising the expected improvement of the running trials and this one
 * together.
 */
export class LogImprovement {
  readonly #points: readonly UnitPoint[];
  readonly #isListed: readonly boolean[];
  readonly #kernel: Kernel;
  readonly #lower: Float64Array;
  /** L⁻¹ of the scores: those seen, and for each draw of the running trials' ones the draw itself. */
  readonly #whitened: Float64Array;
  readonly #draws: readonly (readonly number[])[];
  readonly #bests: readonly number[];

  constructor({ points, scores, isListed, draws }: Observations, kernel: Kernel) {
    const [size, seen] = [points.length, scores.length];
    this.#points = points;
    this.#isListed = isListed;
    this.#kernel = kernel;
    this.#lower = covarianceRoot(points, seen, isListed, kernel);
    this.#whitened = new Float64Array(size);
    this.#whitened.set(scores);
    solveLower(this.#lower, size, this.#whitened, seen);
    this.#draws = draws;
    this.#bests = draws.map((draw) => {
      const whitened = Float64Array.from(this.#whitened);
      whitened.set(draw, seen);
      const given = draw.map((_, index) => {
        const row = seen + index;
        return whitened.reduce(
          (sum, each, k) => (k > row ? sum : sum + this.#lower[row * size + k]! * each),
          0,
        );
      });
      return Math.max(...scores, ...given);
    });
  }

  /** The value at a point; with `slope` also its slope by the coordinates, 0 along listed values. */
  at(point: UnitPoint, slope?: Float64Array): number {
    const size = this.#points.length;
    const seen = size - this.#draws[0]!.length;
    const weights = new Float64Array(size);
    for (let i = 0; i < size; i++)
      weights[i] = covariance(point, this.#points[i]!, this.#isListed, this.#kernel);
    solveLower(this.#lower, size, weights);
    let [variance, base] = [this.#kernel.scale + leastVariance, 0];
    for (let i = 0; i < size; i++) {
      variance -= weights[i]! * weights[i]!;
      base += weights[i]! * this.#whitened[i]!;
    }
    const deviation = Math.sqrt(Math.max(leastVariance, variance));
    const distances = this.#draws.map((draw, index) => {
      const mean = draw.reduce((sum, each, r) => sum + weights[seen + r]! * each, base);
      return (mean - this.#bests[index]!) / deviation;
    });
    const each = distances.map(logNormalImprovement);
    const most = each.reduce((greatest, { log }) => Math.max(greatest, log), Number.NEGATIVE_INFINITY);
    const shares = each.map(({ log }) => Math.exp(log - most));
    const total = shares.reduce((sum, share) => sum + share, 0);
    const value = Math.log(deviation) + most + Math.log(total / each.length);
    if (slope === undefined) return value;

    // d value = (1 - Σ pull z) dσ/σ + Σ pull dμ/σ, with dσ = -w·dw/σ and dμ = dw·(L⁻¹y), and dw = L⁻¹ dk.
    const pulls = each.map((one, index) => (shares[index]! / total) * one.slope);
    const pull = pulls.reduce((sum, one) => sum + one, 0);
    const spread = 1 - pulls.reduce((sum, one, index) => sum + one * distances[index]!, 0);
    const byCovariance = weights.map(
      (weight, i) => ((i < seen ? pull * this.#whitened[i]! : 0) - (spread * weight) / deviation) / deviation,
    );
    for (const [index, draw] of this.#draws.entries())
      for (const [r, number] of draw.entries())
        byCovariance[seen + r]! += (pulls[index]! * number) / deviation;
    solveUpper(this.#lower, size, byCovariance);
    this.#slopeBy(byCovariance, point, slope);
    return value;
  }

  #slopeBy(byCovariance: Float64Array, point: UnitPoint, slope: Float64Array): void {
    const { inverseSquaredLengths, scale } = this.#kernel;
    slope.fill(0);
    for (const [i, other] of this.#points.entries()) {
      let squared = 0;
      for (let j = 0; j < point.length; j++)
        squared += inverseSquaredLengths[j]! * squaredGap(point[j]!, other[j]!, this.#isListed[j]!);
      const factor = 2 * byCovariance[i]! * scale * maternSlope(squared);
      for (let j = 0; j < point.length; j++) {
        if (!this.#isListed[j]) slope[j]! += factor * inverseSquaredLengths[j]! * (point[j]! - other[j]!);
      }
    }
  }
}

/**
 * The lower root of the covariances of what was measured and of the function where trials run, held a little above 0 where points
 * all but coincide.
 */
function covarianceRoot(
  points: readonly UnitPoint[],
  seen: number,
  isListed: readonly boolean[],
  kernel: Kernel,
): Float64Array {
  const size = points.length;
  const matrix = new Float64Array(size * size);
  for (let a = 0; a < size; a++)
    for (let b = 0; b < a; b++) matrix[a * size + b] = covariance(points[a]!, points[b]!, isListed, kernel);
  for (let added = leastNoise; ; added *= 10) {
    for (let a = 0; a < size; a++)
      matrix[a * size + a] = kernel.scale + (a < seen ? Math.max(kernel.noise, added) : added);
    const lower = cholesky(matrix, size);
    if (lower !== null) return lower;
  }
}
