/**
 * Index of the largest value; of several, the first. NaN counts as the largest, as in NumPy's argmax, so a broken row does
 * not pass for a prediction of some other class unnoticed by the loss. Throws RangeError for an empty row.
 */
export function argmax(values: ArrayLike<number>): number {
  if (values.length === 0) throw new RangeError('argmax needs at least one value');
  let best = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) return i;
    if (value > values[best]!) best = i;
  }
  return best;
}
