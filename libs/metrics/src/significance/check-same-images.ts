import type { Predictions } from '../predictions.ts';

/** Throws RangeError unless all have the labels and the groups of the first: then they are of the same images. */
export function checkSameImages(all: readonly Predictions[]): void {
  const [first, ...others] = all;
  if (!first) return;
  for (const [index, other] of others.entries()) {
    const where = `predictions 0 and ${index + 1} are not of the same images`;
    if (first.labels.length !== other.labels.length) {
      throw new RangeError(`${where}: ${first.labels.length} and ${other.labels.length} of them`);
    }
    if ((first.groups === null) !== (other.groups === null)) {
      throw new RangeError(`${where}: only one of them has groups`);
    }
    for (let i = 0; i < first.labels.length; i++) {
      if (first.labels[i] !== other.labels[i]) throw new RangeError(`${where}: labels differ at image ${i}`);
      if (first.groups?.[i] !== other.groups?.[i]) {
        throw new RangeError(`${where}: groups differ at image ${i}`);
      }
    }
  }
}
