/**
 * Mean over images of the squared distance between a row of probabilities and the true class (1 for it, 0 for the
 * others): 0 to 2, and half of it, 0 to 1, for two classes. This is scikit-learn 1.9's brier_score_loss with its
 * `scale_by_half='auto'`. NaN for no images.
 * Source: Brier (1950), Verification of forecasts expressed in terms of probability, Monthly Weather Review 78.
 */
export function brierScore(labels: ArrayLike<number>, probabilities: readonly ArrayLike<number>[]): number {
  let sum = 0;
  for (const [i, row] of probabilities.entries()) {
    for (let k = 0; k < row.length; k++) sum += (row[k]! - Number(k === labels[i])) ** 2;
  }
  return sum / labels.length / (probabilities[0]?.length === 2 ? 2 : 1);
}
