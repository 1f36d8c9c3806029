import type { PredictionRow } from '@thaw/experiment';
import { confidentMistakes, type Predictions } from '@thaw/metrics';

/** A wrong answer that the model was sure of. */
export interface FileMistake {
  /** Relative to the data set's folder. */
  readonly file: string;
  readonly label: string;
  readonly predicted: string;
  /** What the model gave the predicted class, 0 to 1. */
  readonly probability: number;
  /** Null where no groups are known. */
  readonly group: string | null;
}

/**
 * The wrong predictions that the model was surest of, the surest first, at most `limit`. Of a group only its surest mistake
 * is listed, so that copies of one photograph do not fill the list.
 */
export function surestMistakes(
  rows: readonly PredictionRow[],
  predictions: Predictions,
  limit: number,
): FileMistake[] {
  const seen = new Set<string>();
  const mistakes: FileMistake[] = [];
  for (const { index, probability } of confidentMistakes(predictions)) {
    if (mistakes.length === limit) break;
    const group = predictions.groups?.[index] ?? null;
    if (group !== null && seen.has(group)) continue;
    if (group !== null) seen.add(group);
    const { file, label, predicted } = rows[index]!;
    mistakes.push({ file, label, predicted, probability, group });
  }
  return mistakes;
}
