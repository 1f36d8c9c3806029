import * as z from 'zod';
import { operation } from '../operation.ts';

const subject = z.object({
  what: z.enum(['sweep', 'run', 'model']),
  id: z.string().describe('Of a model MODEL:VERSION'),
  name: z.string().describe('What people call it'),
});

export const attentionSchema = z
  .object({
    kind: z.enum(['leak', 'failed', 'interrupted', 'damaged', 'data']),
    of: subject.nullable().describe('Null for records that cannot be read'),
    text: z.string(),
  })
  .meta({ id: 'Attention' });

export type Attention = z.infer<typeof attentionSchema>;

export const eventSchema = subject
  .extend({ at: z.string(), state: z.string().describe('Of a model: promoted') })
  .meta({ id: 'Event' });

export type Event = z.infer<typeof eventSchema>;

export const getOverview = operation({
  id: 'getOverview',
  method: 'get',
  path: '/overview',
  summary:
    'What happened last, and what needs attention: leaks, failed trials, damaged records, models whose data changed',
  answer: z.object({
    attention: z.array(attentionSchema).describe('The gravest first'),
    events: z.array(eventSchema).describe('The newest first'),
  }),
});
