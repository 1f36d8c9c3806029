/**
 * Adds the gradients of a step to those before it; with each `steps`th of them (`iteration` counts from 1) the gradients become
 * their mean and the sums start again. Says whether they have. As with Keras's `gradient_accumulation_steps`, batches count alike
 * whatever their size, and what is left at the end of an epoch goes on in the next.
 */
export function accumulateGradients(
  gradients: readonly Float32Array[],
  sums: readonly Float32Array[],
  { steps, iteration }: { readonly steps: number; readonly iteration: number },
): boolean {
  const complete = iteration % steps === 0;
  gradients.forEach((gradient, i) => {
    const sum = sums[i]!;
    for (let j = 0; j < sum.length; j++) sum[j]! += gradient[j]!;
    if (!complete) return;
    for (let j = 0; j < sum.length; j++) gradient[j] = sum[j]! / steps;
    sum.fill(0);
  });
  return complete;
}
