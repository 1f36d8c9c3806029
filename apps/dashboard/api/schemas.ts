import { z } from 'zod';
import { trialStates } from '@thaw/experiment';

export const trialStateSchema = z.enum(trialStates);

export const damagedSchema = z
  .object({ path: z.string().describe('Folder of the record'), reason: z.string() })
  .meta({ id: 'Damaged', description: 'A record that cannot be read' });

/** What every answer that is none of the documented ones looks like (RFC 9457). */
export const problemSchema = z
  .object({ title: z.string(), status: z.number(), detail: z.string() })
  .meta({ id: 'Problem' });
