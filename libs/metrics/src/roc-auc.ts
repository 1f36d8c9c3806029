import { checkSameLength } from './check-labels.ts';

/**
 * Area under the receiver operating characteristic, 0 to 1: the chance that a positive scores above a negative, ties
 * counting half (Mann and Whitney 1947); scikit-learn's roc_auc_score. `labels` are 0 or 1, one a score. NaN when one of
 * the two is absent, as in scikit-learn. Throws RangeError for other labels, for NaN scores and for lengths that differ.
 */
export function rocAuc(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  checkSameLength(labels, scores, 'scores');
  const order = Array.from(scores, (score, i) => {
    if (Number.isNaN(score)) throw new RangeError(`scores[${i}] is NaN`);
    if (labels[i] !== 0 && labels[i] !== 1) throw new RangeError(`labels[${i}] is ${labels[i]}, not 0 or 1`);
    return i;
  }).sort((a, b) => scores[a]! - scores[b]!);
  return pairsWon(labels, scores, order).auc;
}

/**
 * Of the pairs of one positive and one negative among the samples of `order` (their indices by rising score), how many the
 * positive wins, ties counting half. With `weights`, a sample counts as so many.
 */
export function pairsWon(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  order: readonly number[],
  weights?: ArrayLike<number>,
): { won: number; pairs: number; auc: number } {
  let [won, positives, negatives] = [0, 0, 0];
  for (let start = 0, end = 0; start < order.length; start = end) {
    let [tiedPositives, tiedNegatives] = [0, 0];
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) {
      const weight = weights?.[order[end]!] ?? 1;
      if (labels[order[end]!] === 1) tiedPositives += weight;
      else tiedNegatives += weight;
      end++;
    }
    won += tiedPositives * (negatives + tiedNegatives / 2);
    positives += tiedPositives;
    negatives += tiedNegatives;
  }
  const pairs = positives * negatives;
  return { won, pairs, auc: won / pairs };
}
