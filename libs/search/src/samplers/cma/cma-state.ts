import { sum } from '@thaw/base';
import type { CmaConstants } from './cma-constants.ts';
import { symmetricEigen, type Eigen } from './symmetric-eigen.ts';

/** The normal distribution that points are drawn from, and what its changes go by. */
export interface CmaState {
  readonly generation: number;
  readonly mean: Float64Array;
  /** The distribution has the covariance `step`² `covariance`, its rows one after another. */
  readonly step: number;
  readonly covariance: Float64Array;
  readonly stepPath: Float64Array;
  readonly path: Float64Array;
}

/** Variances are kept above 0. */
const leastVariance = 1e-8;
const widestStep = 1e32;

/** As round as can be, where nothing is known. */
export function roundState(mean: Float64Array, step: number): CmaState {
  const size = mean.length;
  return {
    generation: 0,
    mean,
    step,
    covariance: Float64Array.from({ length: size * size }, (_, i) => Number(i % (size + 1) === 0)),
    stepPath: new Float64Array(size),
    path: new Float64Array(size),
  };
}

/**
 * Where points are known, the best first: the distribution of their best tenth, wider by 0.1 (Nomura et al. 2021, "Warm Starting CMA-ES",
 * with its defaults).
 */
export function warmState(points: readonly Float64Array[]): CmaState {
  const best = points.slice(0, Math.max(1, Math.floor(points.length / 10)));
  const size = best[0]!.length;
  const mean = Float64Array.from(
    { length: size },
    (_, j) => sum(best.map((point) => point[j]!)) / best.length,
  );
  const spread = Float64Array.from({ length: size * size }, (_, entry) => {
    const [i, j] = [Math.floor(entry / size), entry % size];
    const together = sum(best.map((point) => (point[i]! - mean[i]!) * (point[j]! - mean[j]!))) / best.length;
    return together + (i === j ? 0.01 : 0);
  });
  const volume = symmetricEigen(spread, size).values.reduce((product, value) => product * value, 1);
  const step = volume ** (1 / (2 * size));
  return { ...roundState(mean, step), covariance: spread.map((each) => each / (step * step)) };
}

/** The directions in which a state is wide, with their deviations. */
export function axesOf({ covariance, mean }: CmaState): Eigen {
  const { values, vectors } = symmetricEigen(covariance, mean.length);
  return { values: values.map((value) => Math.sqrt(value < 0 ? leastVariance : value)), vectors };
}

/**
 * The state after a generation, its points the best first (Hansen 2016, equations 38 to 47, with negative weights as Optuna's cmaes
 * has them). Points that failed are left out: they count as the worst, of which nothing is known.
 */
export function updatedState(
  state: CmaState,
  points: readonly Float64Array[],
  constants: CmaConstants,
): CmaState {
  const { mean, step, covariance } = state;
  const size = mean.length;
  const { effective, rankOne, rankMany, pathRate, stepRate, stepDamping, length } = constants;
  const generation = state.generation + 1;
  const weights = weightsOf(points.length, constants);
  const moves = points.map((point) => point.map((at, j) => (at - mean[j]!) / step));
  const isParent = (rank: number) => rank < constants.parents;
  const move = mean.map((_, j) =>
    sum(moves.map((each, rank) => (isParent(rank) ? weights[rank]! * each[j]! : 0))),
  );

  const axes = axesOf(state);
  const whitenedMove = whitened(move, axes);
  const gain = Math.sqrt(stepRate * (2 - stepRate) * effective);
  const stepPath = state.stepPath.map((each, j) => (1 - stepRate) * each + gain * whitenedMove[j]!);
  const stepLength = Math.hypot(...stepPath);
  const nextStep = step * Math.exp((stepRate / stepDamping) * (stepLength / length - 1));

  const expected = Math.sqrt(1 - (1 - stepRate) ** (2 * (generation + 1)));
  const isCalm = stepLength / expected < (1.4 + 2 / (size + 1)) * length;
  const pathGain = isCalm ? Math.sqrt(pathRate * (2 - pathRate) * effective) : 0;
  const path = state.path.map((each, j) => (1 - pathRate) * each + pathGain * move[j]!);
  const lost = isCalm ? 0 : pathRate * (2 - pathRate);

  // A bad point takes away as much wherever it lies.
  const shares = moves.map((each, rank) => {
    const weight = weights[rank]!;
    if (weight >= 0) return weight;
    return (weight * size) / (sum(whitened(each, axes).map((x) => x * x)) + leastVariance);
  });
  const kept = 1 + rankOne * lost - rankOne - rankMany * sum(weights);
  return {
    generation,
    mean: mean.map((each, j) => each + step * move[j]!),
    step: Math.min(nextStep, widestStep),
    covariance: covariance.map((each, entry) => {
      const [i, j] = [Math.floor(entry / size), entry % size];
      const many = sum(moves.map((one, rank) => shares[rank]! * one[i]! * one[j]!));
      return kept * each + rankOne * path[i]! * path[j]! + rankMany * many;
    }),
    stepPath,
    path,
  };
}

function weightsOf(count: number, { weights, parents }: CmaConstants): number[] {
  const used = weights.slice(0, count);
  const above = sum(used.slice(0, parents));
  return used.map((weight) => (weight > 0 ? weight / above : weight));
}

/** The root of the inverse of the covariance, times a vector. */
function whitened(vector: Float64Array, { values, vectors }: Eigen): Float64Array {
  const size = vector.length;
  const turned = values.map((deviation, k) => {
    let along = 0;
    for (let j = 0; j < size; j++) along += vectors[j * size + k]! * vector[j]!;
    return along / deviation;
  });
  return vector.map((_, i) => {
    let back = 0;
    for (let k = 0; k < size; k++) back += vectors[i * size + k]! * turned[k]!;
    return back;
  });
}
