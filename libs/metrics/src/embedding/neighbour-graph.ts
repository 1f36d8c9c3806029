import type { Neighbours } from './nearest-neighbours.ts';

/** Who is joined to whom, and how strongly, 0 to 1: a join each from the lower index to the higher. */
export interface NeighbourGraph {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly weights: Float64Array;
}

const searchSteps = 64;
const searchTolerance = 1e-5;
/** Of the mean distance: the least by which distances are scaled. */
const leastScale = 1e-3;

/**
 * UMAP's fuzzy graph of neighbours (McInnes, Healy and Melville 2018, algorithms 2 and 3): each point is joined to its nearest by 1
 * and to the others the less the farther they are, by a scale of its own for which its joins sum to log2 of how many it has,
 * itself among them; two points are joined by the probability that one of their two joins is there (a + b - ab).
 */
export function neighbourGraph({ count, indices, distances }: Neighbours): NeighbourGraph {
  const rows = count === 0 ? 0 : indices.length / count;
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / Math.max(1, distances.length);
  const joins = new Map<number, number>();
  for (let i = 0; i < rows; i++) {
    const own = distances.subarray(i * count, (i + 1) * count);
    const nearest = own.find((distance) => distance > 0) ?? 0;
    const scale = scaleOf(own, nearest, mean);
    own.forEach((distance, n) => {
      const j = indices[i * count + n]!;
      const weight = distance <= nearest ? 1 : Math.exp(-(distance - nearest) / scale);
      const key = Math.min(i, j) * rows + Math.max(i, j);
      const other = joins.get(key) ?? 0;
      joins.set(key, weight + other - weight * other);
    });
  }
  const keys = [...joins.keys()].sort((a, b) => a - b);
  return {
    from: Int32Array.from(keys, (key) => Math.floor(key / rows)),
    to: Int32Array.from(keys, (key) => key % rows),
    weights: Float64Array.from(keys, (key) => joins.get(key)!),
  };
}

/** By bisection, as umap-learn's `smooth_knn_dist`. */
function scaleOf(distances: Float64Array, nearest: number, mean: number): number {
  const target = Math.log2(distances.length + 1);
  let [low, scale, high] = [0, 1, Infinity];
  for (let step = 0; step < searchSteps; step++) {
    const sum = distances.reduce((total, distance) => {
      return total + (distance <= nearest ? 1 : Math.exp(-(distance - nearest) / scale));
    }, 0);
    if (Math.abs(sum - target) < searchTolerance) break;
    if (sum > target) high = scale;
    else low = scale;
    scale = high === Infinity ? scale * 2 : (low + high) / 2;
  }
  return Math.max(scale, leastScale * mean, Number.MIN_VALUE);
}
