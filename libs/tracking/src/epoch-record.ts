import { z } from 'zod';
import { jsonNumber } from './json-number.ts';

/** A line of `metrics.jsonl`: `epoch` counts from 1, accuracies are fractions, numbers that are not finite read as NaN. */
export const epochSchema = z.object({
  epoch: jsonNumber,
  loss: jsonNumber,
  accuracy: jsonNumber,
  val_loss: jsonNumber,
  val_accuracy: jsonNumber,
  seconds: jsonNumber,
  images_per_second: jsonNumber,
});

export type EpochRecord = z.output<typeof epochSchema>;
