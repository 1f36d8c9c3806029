/** What a network says of images whose classes are known. */
export interface Scored {
  /** The true class of each image, an index. */
  readonly labels: ArrayLike<number>;
  /** One row an image, one probability a class. */
  readonly probabilities: readonly ArrayLike<number>[];
  /** The predicted class of each image. */
  readonly predicted: ArrayLike<number>;
}

/** Of each class (index): its images, those predicted as it, and those of both, which are right. */
export interface ClassCounts {
  readonly support: Float64Array;
  readonly predicted: Float64Array;
  readonly right: Float64Array;
}

/** Counted in one pass; memory grows with the classes, not with their square. */
export function classCounts({ labels, probabilities, predicted }: Scored): ClassCounts {
  const classes = probabilities[0]!.length;
  const empty = () => new Float64Array(classes);
  const counts = { support: empty(), predicted: empty(), right: empty() };
  for (let i = 0; i < labels.length; i++) {
    counts.support[labels[i]!]!++;
    counts.predicted[predicted[i]!]!++;
    if (labels[i] === predicted[i]) counts.right[labels[i]!]!++;
  }
  return counts;
}
