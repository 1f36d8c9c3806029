import { partNames } from '@thaw/analysis/browser';
import { metricNames } from '@thaw/experiment';
import * as z from 'zod';
import { operation } from '../operation.ts';
import { numberOrNull, runParams } from '../schemas.ts';
import { jobSchema } from './jobs.ts';

const part = z.enum(['validation', 'test']);
const gapPart = z.enum(Object.keys(partNames) as (keyof typeof partNames)[]);
const interval = z.tuple([z.number(), z.number()]).readonly().nullable().describe('95 % interval');
const matrix = z.array(z.array(z.number()).readonly()).readonly();

/** As `Grouping` of @thaw/analysis. */
export const groupingSchema = z.object({
  origin: z
    .enum(['named', 'detected', 'unknown'])
    .describe('Named by the settings or the data set, found by looking at the images, or not known'),
  unit: z.enum(['group', 'photograph', 'scene', 'image']).describe('What intervals treat as what was drawn'),
  missing: z.string().nullable().describe('Why groups are not known, as a clause'),
});

const sideSchema = z.object({ accuracy: z.number(), ci95: interval, images: z.number(), groups: z.number() });
const metric = z.enum(metricNames);
const estimateSchema = z.object({
  value: numberOrNull.describe('Null where it is not defined'),
  ci95: interval,
});
const classSideSchema = z.object({
  precision: numberOrNull,
  recall: numberOrNull,
  f1: numberOrNull,
  support: z.number(),
  recall_ci95: interval,
  f1_ci95: interval,
});
const calibrationSchema = z.object({
  ece: z.number(),
  brier: z.number(),
  nll: z.number(),
  reliability: z
    .array(
      z.object({
        lower: z.number(),
        upper: z.number(),
        images: z.number(),
        confidence: numberOrNull,
        accuracy: numberOrNull,
      }),
    )
    .readonly(),
});
const averageSchema = z.object({
  precision: numberOrNull,
  recall: numberOrNull,
  f1: numberOrNull,
  support: z.number(),
});

export const resultsSchema = z
  .object({
    run: z.string(),
    classes: z.array(z.string()).readonly(),
    groups: z
      .enum(['photographs', 'images'])
      .describe('What intervals count as independent: groups of images where they are known, else images'),
    grouping: groupingSchema,
    overall: z.object({
      validation: sideSchema,
      test: sideSchema,
      gap: z.object({ value: z.number(), ci95: interval }),
    }),
    metrics: z
      .array(z.object({ metric, validation: estimateSchema, test: estimateSchema, gap: estimateSchema }))
      .readonly()
      .describe('The other metrics; none without predictions'),
    per_class: z
      .array(
        z.object({
          class: z.string(),
          validation: classSideSchema,
          test: classSideSchema,
          gap: z.object({
            precision: numberOrNull,
            recall: numberOrNull,
            ci95: interval,
            f1: numberOrNull,
            f1_ci95: interval,
          }),
        }),
      )
      .readonly(),
    averages: z.object({
      validation: z.object({ macro: averageSchema, weighted: averageSchema }),
      test: z.object({ macro: averageSchema, weighted: averageSchema }),
    }),
    confusion: z
      .object({
        validation: matrix,
        test: matrix,
        difference: z.array(z.array(z.number()).readonly().nullable()).readonly(),
      })
      .nullable()
      .describe('Rows are true classes; null without predictions'),
    calibration: z
      .object({ validation: calibrationSchema, test: calibrationSchema })
      .nullable()
      .describe('Null without predictions'),
    validation_twins: numberOrNull.describe(
      'Validation images that have a twin in training; null where that is not known',
    ),
    honest_test: z
      .object({
        twins: z.number().describe('Test images that have a twin in training or validation'),
        accuracy: numberOrNull.describe('On those without one; null where too few are left'),
        ci95: interval,
        images: z.number(),
        groups: z.number(),
      })
      .nullable()
      .describe('The test accuracy without copies; null where it is not known which images are'),
  })
  .meta({ id: 'Results', description: 'Validation against test; gaps are validation minus test' });

export type Results = z.infer<typeof resultsSchema>;

export const validationResultsSchema = z
  .object({
    part,
    sealed: z
      .boolean()
      .describe("Nobody has looked at the test images; else another program's run has one part alone"),
    overall: sideSchema,
    validation_twins: numberOrNull.describe(
      'Validation images that have a twin in training; null where that is not known',
    ),
    metrics: z
      .array(estimateSchema.extend({ metric }))
      .readonly()
      .describe('The other metrics; none without predictions'),
    per_class: z.array(classSideSchema.extend({ class: z.string(), groups: z.number() })).readonly(),
    grouping: groupingSchema,
  })
  .meta({ id: 'ValidationResults', description: 'What a run came to on one part alone' });

export type ValidationResults = z.infer<typeof validationResultsSchema>;

export const getResults = operation({
  id: 'getResults',
  method: 'get',
  path: '/runs/{run}/results',
  summary: 'Reports, confusion matrices and calibration of a finished or pruned run, and its gap per class',
  params: runParams,
  answer: z.object({
    results: resultsSchema.nullable(),
    missing: z.string().nullable().describe('Why there are none'),
    validation: validationResultsSchema
      .nullable()
      .describe('Of a run whose test images nobody has looked at, and of one with results on one part alone'),
  }),
});

export type RunResultsAnswer = z.output<typeof getResults.answer>;

export const listPredictions = operation({
  id: 'listPredictions',
  method: 'get',
  path: '/runs/{run}/predictions',
  summary: 'What a run said of images, the surest first',
  params: runParams,
  query: z.object({
    part,
    label: z.string().optional().describe('Only images of this class'),
    predicted: z.string().optional().describe('Only those taken for this class'),
    wrong: z.enum(['true', 'false']).optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(60),
  }),
  answer: z.object({
    total: z.number(),
    images: z.array(
      z.object({
        file: z.string(),
        label: z.string(),
        predicted: z.string(),
        probability: numberOrNull,
        group: z.string().nullable().describe('Equal for images of one photograph'),
      }),
    ),
  }),
});

export const getGap = operation({
  id: 'getGap',
  method: 'get',
  path: '/runs/{run}/gap',
  summary: 'What the gap of a run is made of, where `gap` has measured it',
  params: runParams,
  answer: z.object({
    gap: z
      .object({
        cause: z.string().nullable(),
        parts: z.array(
          z.object({ part: gapPart, value: numberOrNull, ci95: interval, missing: z.string().nullable() }),
        ),
        explanation: z.array(z.string()),
        forecast: z.array(z.string()).describe('What had been forecast of it, in sentences'),
        unit: z.string(),
      })
      .nullable(),
    job: jobSchema
      .nullable()
      .describe('The last that measured it since the server began; null where there was none'),
    twins: z
      .array(z.object({ class: z.string(), group: z.string(), training: z.string(), validation: z.string() }))
      .describe('Images of one photograph on both sides of the split, a pair a photograph'),
    test_twins: z
      .array(z.object({ class: z.string(), group: z.string(), known: z.string(), test: z.string() }))
      .describe('Images of one photograph in training or validation and in test, a pair a photograph'),
  }),
});
