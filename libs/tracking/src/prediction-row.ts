import { z } from 'zod';
import { jsonNumber } from './json-number.ts';

/** A line of `predictions-<split>.jsonl`; `file` is relative to the data set, probabilities are in the order of `classes`. */
export const predictionSchema = z.object({
  file: z.string(),
  label: z.string(),
  predicted: z.string(),
  probabilities: z.array(jsonNumber),
});

export type PredictionRow = z.output<typeof predictionSchema>;
export type PredictedSplit = 'validation' | 'test';

export function predictionsFile(split: PredictedSplit): string {
  return `predictions-${split}.jsonl`;
}
