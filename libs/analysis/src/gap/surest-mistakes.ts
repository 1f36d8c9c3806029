import type { PredictionRow } from '@thaw/experiment';
import { confidentMistakes, type Predictions } from '@thaw/metrics';
import type { GapDocument } from '@thaw/tracking';

/** A wrong answer that the model was sure of. */
export type FileMistake = GapDocument['mistakes']['test'][number];

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
