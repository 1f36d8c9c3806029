import { classCounts, type ClassCounts, type Scored } from './scored.ts';

/**
 * The mean of the classes' F1 = 2 tp / (2 tp + fp + fn), 0 to 1; scikit-learn 1.9's f1_score(average='macro'). Classes that have
 * images or were predicted count, those in neither do not.
 */
export function macroF1(scored: Scored): number {
  return macroF1Of(classCounts(scored));
}

/** The same of images that are counted. */
export function macroF1Of({ support, predicted, right }: ClassCounts): number {
  let [sum, classes] = [0, 0];
  for (const [k, images] of support.entries()) {
    const times = images + predicted[k]!;
    if (times === 0) continue;
    sum += (2 * right[k]!) / times;
    classes++;
  }
  return sum / classes;
}

/** How far each image moves macro F1, times the number of images (its influence). */
export function macroF1Influences(scored: Scored): Float64Array {
  const { labels } = scored;
  const { support, predicted, right } = classCounts(scored);
  const times = support.map((images, k) => images + predicted[k]!);
  const classes = times.filter((count) => count > 0).length;
  const scale = labels.length / classes;
  return Float64Array.from({ length: labels.length }, (_, i) => {
    const [label, guess] = [labels[i]!, scored.predicted[i]!];
    const f1 = (k: number) => (2 * right[k]!) / times[k]!;
    if (label === guess) return (scale * (2 - 2 * f1(label))) / times[label]!;
    return scale * (-f1(label) / times[label]! - f1(guess) / times[guess]!);
  });
}
