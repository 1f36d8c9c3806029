import { z } from 'zod';
import type { EpochRecord } from '@thaw/experiment';
import { jsonNumber } from './json-number.ts';

/** A line of `metrics.jsonl`; numbers that are not finite read as NaN. */
export const epochSchema: z.ZodType<EpochRecord> = z.object({
  epoch: jsonNumber,
  loss: jsonNumber,
  accuracy: jsonNumber,
  val_loss: jsonNumber,
  val_accuracy: jsonNumber,
  seconds: jsonNumber,
  images_per_second: jsonNumber,
});
