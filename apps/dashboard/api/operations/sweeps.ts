import * as z from 'zod';
import { operation } from '../operation.ts';
import { damagedSchema, numberOrNull, trialStateSchema } from '../schemas.ts';

/** The figures of a run that tell a sweep. */
export const bestRunSchema = z.object({
  run: z.string(),
  name: z
    .string()
    .describe(
      'What people call it: `Trial 13, full_fine_tune`, or with another backbone `Trial 13, resnet50, full_fine_tune`',
    ),
  ties: z
    .array(z.number())
    .describe('Numbers of other finished trials with the same value; the best is the first'),
  value: numberOrNull.describe('Of the metric'),
  val_accuracy: numberOrNull,
  test_accuracy: numberOrNull,
  gap: numberOrNull,
});

export const sweepSummarySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    state: z.enum(['running', 'finished', 'failed', 'interrupted']),
    method: z.string(),
    metric: z.object({ name: z.string(), goal: z.enum(['maximize', 'minimize']) }),
    swept: z.array(z.string()).describe('The names of the parameters that its trials vary'),
    created: z.string(),
    seconds: numberOrNull.describe('Wall time; null before the first orderly end'),
    trials: z.record(trialStateSchema, z.number()).describe('Trials begun so far, by state'),
    planned: numberOrNull.describe('How many trials there will be; null where nobody can say'),
    leakage: z
      .object({
        validation_images: z.number(),
        with_twin: z.number().describe('Of these, with another image of their group in training'),
        parameters: z
          .record(z.string(), z.unknown())
          .describe('The swept settings that choose this split; empty where all trials have the same'),
        remedy: z.string().nullable().describe('What to add to the command to split without the leak'),
        twins: z.string().nullable().describe('The same in sentences; null where none has'),
        into_test: z
          .array(z.string())
          .describe('That test images are copies of training or validation images, in sentences'),
        also: z
          .array(z.string())
          .describe('What else was found in the data: scenes in several parts, images with several labels'),
      })
      .nullable()
      .describe('Of the split that leaks most; null where nobody looked'),
    varies_validation: z
      .array(z.string())
      .describe('Swept settings for which finished trials have other validation images than others'),
    test: z
      .object({
        mode: z.enum(['each', 'best', 'sealed']).describe('Which trials are evaluated on the test set'),
        looks: z.array(z.string()).describe('How often it was looked at, when and what was chosen before'),
        forecast: z.array(z.string()).describe('What the chosen trial is expected to reach, in sentences'),
        forecast_of: z
          .object({
            run: z.string(),
            accuracy: z.number(),
            ci95: z.tuple([z.number(), z.number()]).readonly().nullable().describe('95 % interval'),
            before_looks: z
              .boolean()
              .describe(
                'Whether it was made before anybody looked at a test image for this sweep, and none was looked at for another before, as far as that was counted when it was opened',
              ),
          })
          .nullable()
          .describe('The run that it is of, in figures; null where there is none'),
      })
      .describe('The test set and what is forecast of it'),
    best: bestRunSchema.nullable().describe('By the metric; null before a trial has finished'),
  })
  .meta({ id: 'SweepSummary' });

export type SweepSummary = z.infer<typeof sweepSummarySchema>;

export const listSweeps = operation({
  id: 'listSweeps',
  method: 'get',
  path: '/sweeps',
  summary: 'All sweeps, the newest first',
  answer: z.object({ sweeps: z.array(sweepSummarySchema), damaged: z.array(damagedSchema) }),
});

export const getSweep = operation({
  id: 'getSweep',
  method: 'get',
  path: '/sweeps/{sweep}',
  summary: 'One sweep',
  params: z.object({ sweep: z.string() }),
  answer: sweepSummarySchema,
});
