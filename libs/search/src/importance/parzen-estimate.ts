import { sum } from '@thaw/base';
import { normalMass } from './normal-mass.ts';

/** A value's place among the grid's points, or among the values of a list. */
export interface Counts {
  /** How many trials fall on each point; not all 0. */
  readonly counts: readonly number[];
  /** Whether neighbouring points are alike. */
  readonly ordered: boolean;
}

const priorWeight = 1;

/**
 * The probability of each point as a Parzen estimator with one kernel for each point that was met, weighted by how often, and
 * a flat prior of weight 1. Kernels over ordered points are discrete truncated normals with Scott's bandwidth, over others
 * they favour their own value. Optuna's ScottParzenEstimator.
 */
export function parzenEstimate({ counts, ordered }: Counts): number[] {
  const met = counts.flatMap((count, point) => (count > 0 ? [point] : []));
  const weights = [...met.map((point) => counts[point]!), priorWeight];
  const total = sum(weights);
  const kernels = ordered ? normalKernels(counts, met) : categoricalKernels(counts.length, met);
  return counts.map((_, point) => sum(kernels.map((kernel, i) => (weights[i]! / total) * kernel(point))));
}

type Kernel = (point: number) => number;

function categoricalKernels(size: number, met: readonly number[]): Kernel[] {
  const prior = priorWeight / (met.length + 1);
  const kernels = met.map(
    (own): Kernel =>
      (point) =>
        (prior + Number(point === own)) / (prior * size + 1),
  );
  return [...kernels, () => 1 / size];
}

function normalKernels(counts: readonly number[], met: readonly number[]): Kernel[] {
  const high = counts.length - 1;
  const sigma = Math.max(scottBandwidth(counts, met), leastSigma);
  const kernel =
    (mu: number, width: number): Kernel =>
    (point) =>
      normalMass((point - 0.5 - mu) / width, (point + 0.5 - mu) / width) /
      normalMass((-0.5 - mu) / width, (high + 0.5 - mu) / width);
  return [...met.map((own) => kernel(own, sigma)), kernel(high / 2, high + 1)];
}

/** A kernel of this width has 90 % of its mass on its own point. */
const leastSigma = 0.5 / 1.64;

/** Scott (1992), Multivariate density estimation, from the smaller of deviation and interquartile range. */
function scottBandwidth(counts: readonly number[], met: readonly number[]): number {
  const n = sum(counts);
  const mean = sum(met.map((point) => point * counts[point]!)) / n;
  const squares = sum(met.map((point) => (point - mean) ** 2 * counts[point]!));
  const deviation = Math.sqrt(squares / Math.max(1, n - 1));
  let reached = 0;
  const cumulated = met.map((point) => (reached += counts[point]!));
  const lower = cumulated.findIndex((count) => count >= Math.floor(n / 4));
  const upper = cumulated.findIndex((count) => count > Math.floor((3 * n) / 4));
  const range = met[upper < 0 ? met.length - 1 : upper]! - met[lower]!;
  return 1.059 * Math.min(range / 1.34, deviation) * n ** -0.2;
}
