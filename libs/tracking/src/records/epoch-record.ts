import * as z from 'zod';
import { monitors, type EpochRecord } from '@thaw/experiment';
import { jsonNumber } from './json-number.ts';

const figures = [...monitors, 'learning_rate', 'seconds', 'images_per_second'];

/**
 * A line of `metrics.jsonl`; numbers that are not finite read as NaN. Metrics of other names are kept. Those that a program has not
 * reported there are absent, as a reported NaN is a step of its sweep and one that is missing is none.
 */
export const epochSchema = z.looseObject({
  epoch: jsonNumber,
  ...Object.fromEntries(figures.map((name) => [name, jsonNumber.optional()])),
}) as unknown as z.ZodType<EpochRecord>;
