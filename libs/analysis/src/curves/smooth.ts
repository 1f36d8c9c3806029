/**
 * An exponential moving average without the pull of its start: the sum of past values with weights that fall by `weight` a step,
 * divided by the weights' sum (TensorBoard's smoothing; the bias correction of Kingma and Ba 2015). `weight` is inside
 * [0, 1); 0 gives the values. A value that is not finite stays as it is and does not enter the average.
 */
export function smooth(values: readonly number[], weight: number): number[] {
  if (!(weight >= 0 && weight < 1))
    throw new RangeError(`a smoothing weight is inside [0, 1), not ${weight}`);
  let [sum, total] = [0, 0];
  return values.map((value) => {
    if (!Number.isFinite(value)) return value;
    sum = weight * sum + (1 - weight) * value;
    total = weight * total + (1 - weight);
    return sum / total;
  });
}
