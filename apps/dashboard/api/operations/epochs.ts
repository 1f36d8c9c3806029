import * as z from 'zod';
import { operation } from '../operation.ts';
import { figuresSchema, numberOrNull, runParams } from '../schemas.ts';

export const epochSchema = z.object({
  epoch: z.number(),
  ...figuresSchema(''),
  ...figuresSchema('val_'),
  loss: numberOrNull.optional().describe('Absent, as others, where a program of your own reported none'),
  accuracy: numberOrNull.optional(),
  val_loss: numberOrNull.optional(),
  val_accuracy: numberOrNull.optional(),
  learning_rate: numberOrNull.optional().describe("That of the epoch's last step"),
  seconds: numberOrNull.optional(),
  fold: z.number().optional().describe('Of a trial with folds: which training, from 1'),
  fold_epoch: z.number().optional().describe('The number of the epoch in its fold'),
});

export type Epoch = z.infer<typeof epochSchema>;

export const listEpochs = operation({
  id: 'listEpochs',
  method: 'get',
  path: '/runs/{run}/epochs',
  summary: 'The epochs of a run so far',
  params: runParams,
  query: z.object({
    after: z.coerce.number().int().optional().describe('Only epochs above this one'),
    cursor: z.coerce
      .number()
      .int()
      .min(0)
      .default(0)
      .describe('That of an earlier answer: only what has come since'),
  }),
  answer: z.object({
    epochs: z
      .array(epochSchema)
      .describe(
        'Of a run that a program logs over HTTP, steps, with further figures by name; one comes again where more was logged at it since',
      ),
    cursor: z.number(),
  }),
});

export const listUsage = operation({
  id: 'listUsage',
  method: 'get',
  path: '/runs/{run}/usage',
  summary: 'What a run took of the machine over its time: processors and memory',
  params: runParams,
  answer: z.object({
    samples: z
      .array(
        z.object({
          seconds: z.number().describe('Since the run began to be watched'),
          cores: z.number().describe('Processors that were busy with it since the sample before, on average'),
          memory_bytes: z.number(),
        }),
      )
      .describe('None of a run that was not watched, such as one of an earlier version'),
  }),
});
