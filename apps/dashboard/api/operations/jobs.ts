import * as z from 'zod';
import { operation } from '../operation.ts';
import { runParams } from '../schemas.ts';

export const progressSchema = z.object({
  phase: z.string(),
  done: z.number().nullable().describe('Of `total`; null where the phase is not counted'),
  total: z.number().nullable(),
});

export const jobSchema = z
  .object({
    state: z.enum(['running', 'finished', 'failed', 'cancelled']),
    progress: progressSchema.nullable().describe('Null once it has ended'),
    error: z.string().nullable().describe('Why it failed'),
    notes: z.array(z.string()).describe('What to know about how it was done'),
  })
  .meta({ id: 'Job', description: 'Long work in a process of its own, which ends with the server' });

export type JobDocument = z.infer<typeof jobSchema>;

export const measureGap = operation({
  id: 'measureGap',
  method: 'post',
  path: '/runs/{run}/gap',
  summary: 'Starts to measure what the gap of a run is made of; getGap tells how far that is',
  description: 'One job at a time for each run: 409 where it has one. The answer comes at once.',
  params: runParams,
  body: z
    .strictObject({
      retrain: z.int().min(0).max(100).default(3).describe('Grouped splits on which it is trained again'),
    })
    .prefault({}),
  answer: jobSchema,
});

export const cancelGap = operation({
  id: 'cancelGap',
  method: 'delete',
  path: '/runs/{run}/gap',
  summary: 'Stops measuring the gap of a run; what was computed is kept for the next time',
  params: runParams,
  answer: jobSchema,
});
