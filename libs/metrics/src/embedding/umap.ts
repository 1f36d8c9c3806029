import type { Random } from '@thaw/base';
import type { NeighbourGraph } from './neighbour-graph.ts';

export interface UmapOptions {
  /** Where points begin: x and y of each, one point after the other; principal components, which keep what is large in its place. */
  readonly start: Float64Array;
  readonly random: Random;
  /** How often all joins are gone through; as umap-learn, 500, and 200 from 10,000 points on. */
  readonly epochs?: number;
  /** Awaited after each epoch; what it throws ends the work. */
  readonly onProgress?: (done: number, total: number) => void | Promise<void>;
}

/** The curve 1 / (1 + a d^(2b)) that umap-learn fits for its usual `min_dist` of 0.1 and `spread` of 1. */
const [a, b] = [1.576943460405378, 0.8950608781227859];
/** Points that each join pushes away; of what would otherwise be far: pushes are limited. */
const [pushes, limit] = [5, 4];
/** Half the width of where points begin. */
const startSide = 10;

/**
 * UMAP's layout in the plane (McInnes, Healy and Melville 2018, algorithm 5) of points that a graph joins: x and y of each, one point after
 * the other. Joined points pull each other, the oftener the stronger the join; each pull pushes five points drawn at random
 * away. The same start and the same `random` give the same layout.
 */
export async function umap(
  { from, to, weights }: NeighbourGraph,
  { start, random, epochs, onProgress = () => undefined }: UmapOptions,
): Promise<Float64Array> {
  const points = start.length / 2;
  const total = epochs ?? (points >= 10_000 ? 200 : 500);
  const layout = spread(start, random);
  const strongest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const every = weights.map((weight) => strongest / weight);
  const next = every.slice();
  for (let epoch = 1; epoch <= total; epoch++) {
    const rate = 1 - (epoch - 1) / total;
    for (let join = 0; join < every.length; join++) {
      if (next[join]! > epoch) continue;
      next[join]! += every[join]!;
      // Each end in turn, as where both directions of a join are kept.
      step(layout, from[join]!, to[join]!, rate, random, points);
      step(layout, to[join]!, from[join]!, rate, random, points);
    }
    await onProgress(epoch, total);
  }
  return layout;
}

function step(layout: Float64Array, i: number, j: number, rate: number, random: Random, points: number) {
  const [p, q] = [2 * i, 2 * j];
  const square = (layout[p]! - layout[q]!) ** 2 + (layout[p + 1]! - layout[q + 1]!) ** 2;
  if (square > 0) {
    const pull = (-2 * a * b * square ** (b - 1)) / (1 + a * square ** b);
    for (let axis = 0; axis < 2; axis++) {
      const move = rate * limited(pull * (layout[p + axis]! - layout[q + axis]!));
      layout[p + axis]! += move;
      layout[q + axis]! -= move;
    }
  }
  for (let n = 0; n < pushes; n++) {
    const k = random.int(points);
    if (k === i) continue;
    const r = 2 * k;
    const distance = (layout[p]! - layout[r]!) ** 2 + (layout[p + 1]! - layout[r + 1]!) ** 2;
    const push = distance > 0 ? (2 * b) / ((0.001 + distance) * (1 + a * distance ** b)) : 0;
    for (let axis = 0; axis < 2; axis++) {
      layout[p + axis]! += rate * (push > 0 ? limited(push * (layout[p + axis]! - layout[r + axis]!)) : 0);
    }
  }
}

function limited(move: number): number {
  return Math.max(-limit, Math.min(limit, move));
}

/** The start at the size that the curve is for, with points that are in one place a hair apart. */
function spread(start: Float64Array, random: Random): Float64Array {
  const most = start.reduce((far, value) => Math.max(far, Math.abs(value)), 0);
  const by = most > 0 ? startSide / most : 0;
  return start.map((value) => value * by + 1e-4 * random.normal());
}
