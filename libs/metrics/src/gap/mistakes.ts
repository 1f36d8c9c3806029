import { predictedClasses, type Predictions } from '../predictions.ts';

export interface Mistake {
  /** Which image, from 0. */
  readonly index: number;
  readonly label: number;
  readonly predicted: number;
  /** What the predicted class was given. */
  readonly probability: number;
}

/**
 * The wrong predictions, the surest first, equal ones in the order of the images; at most `limit`. Throws RangeError as
 * `predictedClasses` does.
 */
export function confidentMistakes(predictions: Predictions, limit = Infinity): Mistake[] {
  const mistakes: Mistake[] = [];
  for (const [index, predicted] of predictedClasses(predictions).entries()) {
    const label = predictions.labels[index]!;
    if (predicted === label) continue;
    mistakes.push({ index, label, predicted, probability: predictions.probabilities[index]![predicted]! });
  }
  return mistakes.sort((a, b) => b.probability - a.probability || a.index - b.index).slice(0, limit);
}
