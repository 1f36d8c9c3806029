import type { Scored } from './scored.ts';

/**
 * Area under the ROC curve of each class against the rest, the mean over classes, 0 to 1; scikit-learn 1.9's
 * roc_auc_score(multi_class='ovr', average='macro'), and of two classes that of the second. A tie counts half. NaN where a class has
 * no images or all of them, and for probabilities that are NaN.
 *
 * Of each class only the scores of its own images are sorted, so that many classes cost little more than few.
 */
export function macroAuc({ labels, probabilities }: Scored): number {
  const classes = scoredClasses(probabilities);
  let sum = 0;
  for (const k of classes) {
    const positives = sortedScores(labels, probabilities, k, (label) => label === k);
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
export function macroAucInfluences({ labels, probabilities }: Scored): Float64Array {
  const classes = scoredClasses(probabilities);
  const influences = new Float64Array(labels.length);
  for (const k of classes) {
    const positives = sortedScores(labels, probabilities, k, (label) => label === k);
    const negatives = sortedScores(labels, probabilities, k, (label) => label !== k);
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

/** What class `k` was given in the rows of chosen labels, rising. NaN stands last. */
function sortedScores(
  labels: ArrayLike<number>,
  probabilities: Scored['probabilities'],
  k: number,
  isChosen: (label: number) => boolean,
): Float64Array {
  const scores: number[] = [];
  for (let i = 0; i < labels.length; i++) if (isChosen(labels[i]!)) scores.push(probabilities[i]![k]!);
  return Float64Array.from(scores).sort();
}

/** The share of `sorted` that is below a score, equal ones by half. NaN for none, and where any of them is NaN. */
function shareBelow(sorted: Float64Array, score: number): number {
  if (sorted.length === 0 || Number.isNaN(score) || Number.isNaN(sorted.at(-1))) return Number.NaN;
  const first = firstWhere(sorted, (value) => value >= score);
  const last = firstWhere(sorted, (value) => value > score);
  return (first + last) / (2 * sorted.length);
}

/** The first place of a sorted list where `holds` is true, and is for all that follow; its length where nowhere. */
function firstWhere(sorted: Float64Array, holds: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
