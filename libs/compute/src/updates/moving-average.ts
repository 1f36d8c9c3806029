/** Renews exponential moving averages of weights; the first weights are their own average, as with Keras's `use_ema`. */
export function renewAverages(
  averages: readonly Float32Array[],
  weights: readonly Float32Array[],
  { momentum, first }: { readonly momentum: number; readonly first: boolean },
): void {
  averages.forEach((average, i) => {
    const weight = weights[i]!;
    if (first) average.set(weight);
    else
      for (let j = 0; j < average.length; j++)
        average[j] = average[j]! * momentum + weight[j]! * (1 - momentum);
  });
}
