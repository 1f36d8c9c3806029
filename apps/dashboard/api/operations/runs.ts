import { z } from 'zod';
import { operation } from '../operation.ts';
import { damagedSchema, trialStateSchema } from '../schemas.ts';

const numberOrNull = z.number().nullable();

export const summarySchema = z.object({
  epochs: numberOrNull,
  best_epoch: numberOrNull,
  train_accuracy: numberOrNull,
  train_loss: numberOrNull,
  val_accuracy: numberOrNull,
  val_loss: numberOrNull,
  test_accuracy: numberOrNull,
  test_loss: numberOrNull,
  gap: numberOrNull.describe('val_accuracy minus test_accuracy'),
});

export const runSchema = z
  .object({
    id: z.string(),
    sweep: z.string().nullable(),
    number: z.number(),
    state: trialStateSchema,
    parameters: z.record(z.string(), z.unknown()),
    settings: z.record(z.string(), z.unknown()).nullable().describe('Null for imported results'),
    summary: summarySchema.nullable(),
    classes: z.array(z.string()).nullable(),
    error: z.string().nullable(),
    provenance: z.record(z.string(), z.unknown()).nullable().describe('Null for imported results'),
    created: z.string(),
    finished: z.string().nullable(),
    seconds: numberOrNull,
  })
  .meta({ id: 'Run' });

export type Run = z.infer<typeof runSchema>;

export const listRuns = operation({
  id: 'listRuns',
  method: 'get',
  path: '/runs',
  summary: 'All runs, the newest first',
  query: z.object({ sweep: z.string().optional().describe('Only the runs of this sweep') }),
  answer: z.object({ runs: z.array(runSchema), damaged: z.array(damagedSchema) }),
});

export const getRun = operation({
  id: 'getRun',
  method: 'get',
  path: '/runs/{run}',
  summary: 'One run',
  params: z.object({ run: z.string() }),
  answer: runSchema,
});
