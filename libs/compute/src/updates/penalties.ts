import type { Vectors } from './vectors.ts';

type Penalties = ReadonlyMap<string, number>;

/** What the L2 penalties of weights that train add to the loss. */
export function penaltyOf(
  penalties: Penalties = new Map(),
  trainable: ReadonlySet<string>,
  weight: (key: string) => Float32Array,
): number {
  let sum = 0;
  for (const [key, penalty] of penalties) {
    if (!trainable.has(key.slice(0, key.lastIndexOf('/')))) continue;
    sum += penalty * weight(key).reduce((squares, value) => squares + value * value, 0);
  }
  return sum;
}

interface Weights {
  readonly keys: readonly string[];
  readonly weights: readonly Float32Array[];
  readonly gradients: readonly Float32Array[];
}

/** Adds the slopes of the penalties to the gradients. */
export function addPenalties(
  vectors: Vectors,
  { keys, weights, gradients }: Weights,
  penalties: Penalties = new Map(),
): void {
  for (const [i, key] of keys.entries()) {
    const penalty = penalties.get(key) ?? 0;
    if (penalty > 0) vectors.mix(gradients[i]!, weights[i]!, 1, 2 * penalty);
  }
}
