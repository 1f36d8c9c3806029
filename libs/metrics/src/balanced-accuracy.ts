import { classCounts, type ClassCounts, type Scored } from './scored.ts';

/**
 * The mean of the classes' recalls, 0 to 1; scikit-learn 1.9's balanced_accuracy_score. Classes without images do not count, though
 * they were predicted.
 */
export function balancedAccuracy(scored: Scored): number {
  return balancedAccuracyOf(classCounts(scored));
}

/** The same of images that are counted. */
export function balancedAccuracyOf({ support, right }: Omit<ClassCounts, 'predicted'>): number {
  let [sum, classes] = [0, 0];
  for (const [k, images] of support.entries()) {
    if (images === 0) continue;
    sum += right[k]! / images;
    classes++;
  }
  return sum / classes;
}

/** How far each image moves the balanced accuracy, times the number of images (its influence). */
export function balancedAccuracyInfluences(scored: Scored): Float64Array {
  const { labels, predicted } = scored;
  const { support, right } = classCounts(scored);
  const classes = support.filter((images) => images > 0).length;
  return Float64Array.from({ length: labels.length }, (_, i) => {
    const label = labels[i]!;
    const recall = right[label]! / support[label]!;
    return ((Number(predicted[i] === label) - recall) * labels.length) / (classes * support[label]!);
  });
}
