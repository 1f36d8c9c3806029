import * as z from 'zod';
import { metricNamesOf, trialStates, type MetricName } from '@thaw/experiment';

export const trialStateSchema = z.enum(trialStates);

const figure = z.number().nullable().optional();

/** All metrics behind a prefix, as in records; absent in those of before, which knew loss and accuracy alone. */
export function figuresSchema<Prefix extends string>(prefix: Prefix) {
  const entries = metricNamesOf(prefix).map((name) => [name, figure]);
  return Object.fromEntries(entries) as Record<`${Prefix}${MetricName}`, typeof figure>;
}

export const damagedSchema = z
  .object({ path: z.string().describe('Folder of the record'), reason: z.string() })
  .meta({ id: 'Damaged', description: 'A record that cannot be read' });

/** What every answer that is none of the documented ones looks like (RFC 9457). */
export const problemSchema = z
  .object({ title: z.string(), status: z.number(), detail: z.string() })
  .meta({ id: 'Problem' });

/** A figure that may not be known, or be no number. */
export const numberOrNull = z.number().nullable();

/** Of operations on one run. */
export const runParams = z.object({ run: z.string() });
