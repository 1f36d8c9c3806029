import type { Scored } from './scored.ts';

/**
 * Area under the ROC curve of each class against the rest, the mean over classes, 0 to 1; scikit-learn 1.9's
 * roc_auc_score(multi_class='ovr', average='macro'), and of two classes that of the second. A tie counts half. NaN where a class has
 * no images or all of them, and for probabilities that are NaN.
 *
 * Of each class only the scores of its own images are sorted, so that many classes cost little more than few.
 */
export function macroAuc(scored: Scored): number {
  const { labels, probabilities } = scored;
  const classes = scoredClasses(probabilities);
  let sum = 0;
  for (const k of classes) {
    const positives = sortedScores(scored, k, true);
    let [won, negatives] = [0, 0];
    for (let i = 0; i < labels.length; i++) {
      if (labels[i] === k) continue;
      won += 1 - shareBelow(positives, probabilities[i]![k]!);
      negatives++;
    }
    sum += won / negatives;
  }
  return sum / classes.length;
}

/**
 * How far each image moves the macro AUC, times the number of images (its influence): of each class its images by how many of the
 * rest they beat, the rest by how many of its images beat them.
 * Source: DeLong, DeLong and Clarke-Pearson (1988), Biometrics 44; for groups Obuchowski (1997), Biometrics 53.
 */
export function macroAucInfluences(scored: Scored): Float64Array {
  const { labels, probabilities } = scored;
  const classes = scoredClasses(probabilities);
  const influences = new Float64Array(labels.length);
  for (const k of classes) {
    const positives = sortedScores(scored, k, true);
    const negatives = sortedScores(scored, k, false);
    const wins = Float64Array.from({ length: labels.length }, (_, i) => {
      const score = probabilities[i]![k]!;
      return labels[i] === k ? shareBelow(negatives, score) : 1 - shareBelow(positives, score);
    });
    const auc = wins.reduce((sum, won, i) => (labels[i] === k ? sum + won : sum), 0) / positives.length;
    for (const [i, won] of wins.entries()) {
      const images = labels[i] === k ? positives.length : negatives.length;
      influences[i]! += ((won - auc) * labels.length) / (images * classes.length);
    }
  }
  return influences;
}

/** Of two classes the second alone: the first is its mirror image but for rounding. */
function scoredClasses(probabilities: Scored['probabilities']): number[] {
  const classes = probabilities[0]!.length;
  return classes === 2 ? [1] : Array.from({ length: classes }, (_, k) => k);
}

/** What class `k` was given by the rows of its own images, or of the rest, rising; NaN stands last. */
function sortedScores({ labels, probabilities }: Scored, k: number, isOwn: boolean): Float64Array {
  const scores = new Float64Array(labels.length);
  let count = 0;
  for (let i = 0; i < labels.length; i++) {
    if ((labels[i] === k) === isOwn) scores[count++] = probabilities[i]![k]!;
  }
  return scores.subarray(0, count).sort();
}

/** The share of `sorted` that is below a score, equal ones by half. NaN for none, and where a score is NaN. */
function shareBelow(sorted: Float64Array, score: number): number {
  const { length } = sorted;
  if (length === 0 || Number.isNaN(score) || Number.isNaN(sorted[length - 1])) return Number.NaN;
  // Of most images the score is below all that the class's own have.
  if (score < sorted[0]!) return 0;
  let [first, high] = [0, length];
  while (first < high) {
    const middle = (first + high) >>> 1;
    if (sorted[middle]! < score) first = middle + 1;
    else high = middle;
  }
  if (first === length || sorted[first]! > score) return first / length;
  let above = first;
  high = length;
  while (above < high) {
    const middle = (above + high) >>> 1;
    if (sorted[middle]! <= score) above = middle + 1;
    else high = middle;
  }
  return (first + above) / (2 * length);
}
