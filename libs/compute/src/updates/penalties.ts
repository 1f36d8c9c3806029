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
    let squares = 0;
    for (const value of weight(key)) squares += value * value;
    sum += penalty * squares;
  }
  return sum;
}

/** Adds the slopes of the penalties to the gradients of the weights; all in the order of the keys. */
export function addPenalties(
  keys: readonly string[],
  weights: readonly Float32Array[],
  gradients: readonly Float32Array[],
  penalties: Penalties = new Map(),
): void {
  for (const [i, key] of keys.entries()) {
    const slope = 2 * (penalties.get(key) ?? 0);
    if (slope === 0) continue;
    const [weight, gradient] = [weights[i]!, gradients[i]!];
    for (let j = 0; j < weight.length; j++) gradient[j]! += slope * weight[j]!;
  }
}
