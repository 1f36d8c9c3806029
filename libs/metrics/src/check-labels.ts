/** Throws RangeError unless every value is a class index: an integer from 0 to `classCount` - 1. */
export function checkClassIndices(what: string, values: ArrayLike<number>, classCount: number): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isInteger(value) || value < 0 || value >= classCount) {
      throw new RangeError(`${what}[${i}] is ${value}, not an index of one of ${classCount} classes`);
    }
  }
}

/** Throws RangeError unless both have the same length. */
export function checkSameLength(labels: ArrayLike<unknown>, others: ArrayLike<unknown>, what: string): void {
  if (labels.length !== others.length) {
    throw new RangeError(`${labels.length} labels do not go with ${others.length} ${what}`);
  }
}

/** Throws RangeError for no samples: a mean over nothing has no value, and scikit-learn refuses it too. */
export function checkNotEmpty(labels: ArrayLike<unknown>): void {
  if (labels.length === 0) throw new RangeError('metrics need at least one sample');
}
