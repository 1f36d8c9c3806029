import * as z from 'zod';
import type { PredictionRow } from '@thaw/experiment';
import { jsonNumber } from './json-number.ts';

/** A line of `predictions-<split>.jsonl`. */
export const predictionSchema: z.ZodType<PredictionRow> = z.object({
  file: z.string(),
  label: z.string(),
  predicted: z.string(),
  probabilities: z.array(jsonNumber),
});

export const predictedSplits = ['validation', 'test'] as const;
export type PredictedSplit = (typeof predictedSplits)[number];

export function predictionsFile(split: PredictedSplit): string {
  return `predictions-${split}.jsonl`;
}
