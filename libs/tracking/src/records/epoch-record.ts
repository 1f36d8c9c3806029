import * as z from 'zod';
import { monitors, type EpochRecord } from '@thaw/experiment';
import { jsonNumber } from './json-number.ts';

/** A metric that a training loop of one's own may leave out. */
const metric = z
  .number()
  .nullish()
  .transform((value) => value ?? Number.NaN);

/** A line of `metrics.jsonl`; numbers that are not finite read as NaN, as do those that are missing. Metrics of other names are kept. */
export const epochSchema: z.ZodType<EpochRecord> = z.looseObject({
  epoch: jsonNumber,
  ...Object.fromEntries(monitors.map((name) => [name, jsonNumber.optional()])),
  loss: metric,
  accuracy: metric,
  val_loss: metric,
  val_accuracy: metric,
  seconds: metric,
  images_per_second: metric,
});
