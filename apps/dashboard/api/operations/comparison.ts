import * as z from 'zod';
import { operation } from '../operation.ts';
import { trialStateSchema } from '../schemas.ts';
import { epochSchema } from './epochs.ts';
import { groupingSchema, resultsSchema } from './results.ts';
import { runSchema, summarySchema } from './runs.ts';

const interval = z.tuple([z.number(), z.number()]).readonly().nullable();
const estimate = z.object({ value: z.number(), ci95: interval });

/** As `Comparison` of @thaw/analysis. */
const comparison = z.object({
  part: z.enum(['validation', 'test']),
  a: z.string(),
  b: z.string(),
  difference: z.number().describe('Accuracy of a minus that of b'),
  ci95: interval,
  test: z.string(),
  p: z.number(),
  p_corrected: z.number().describe("After Holm's correction for all pairs on this part"),
  verdict: z
    .enum(['real', 'may be chance', 'not known'])
    .describe(
      '`not known` where the difference would be real if images were independent, which is not known',
    ),
  real: z.boolean().describe('Whether the verdict is `real`'),
  sentence: z.string(),
});

/** As many runs can be put beside each other. */
export const mostCompared = 100;
/** Of as many each is compared with each, and shown class by class. */
export const mostInDetail = 20;

const runsQuery = (most: number) =>
  z.object({
    run: z
      .union([z.string(), z.array(z.string())])
      .transform((value) => [value].flat())
      .refine((runs) => runs.length >= 2 && runs.length <= most, `2 to ${most} runs`),
  });

/** The runs that are compared class by class. */
export const comparedRuns = runsQuery(mostInDetail);

export const describeRuns = operation({
  id: 'describeRuns',
  method: 'get',
  path: '/comparison/runs',
  summary: `What is known of 2 to ${mostCompared} runs, at once; results for ${mostInDetail} runs at most`,
  query: runsQuery(mostCompared),
  answer: z.object({
    runs: z.array(
      z.object({
        run: runSchema,
        epochs: z.array(epochSchema),
        results: resultsSchema.nullable().describe('Null where there are none, or more runs than that'),
      }),
    ),
    problems: z.array(z.string()).describe('Why runs are missing'),
  }),
});

export const compareRunsOperation = operation({
  id: 'compareRuns',
  method: 'get',
  path: '/comparison',
  summary: 'Whether differences between runs on the same images are more than chance',
  query: runsQuery(mostInDetail),
  answer: z.object({
    runs: z
      .array(
        z.object({
          run: z.string(),
          parameters: z.record(z.string(), z.unknown()),
          validation: estimate.nullable().describe('Null where the validation images of the runs differ'),
          test: estimate.nullable().describe('Null where the test set of any of the runs is sealed'),
        }),
      )
      .readonly(),
    images: z.number().describe('Test images; 0 where they are not compared'),
    groups: z
      .number()
      .nullable()
      .describe('Independent ones among them; null where none are known and images count as independent'),
    validation: z
      .object({ images: z.number(), groups: z.number().nullable() })
      .nullable()
      .describe('The same of validation images; null where those of the runs differ'),
    grouping: groupingSchema,
    pairs: z.array(comparison).readonly().describe('Every pair on test images'),
    comparisons: z
      .array(comparison)
      .readonly()
      .describe('Every pair on test images, then every pair on validation images'),
    notes: z.array(z.string()).readonly().describe('What else to know, and why pairs are missing'),
  }),
});

export const listTrials = operation({
  id: 'listTrials',
  method: 'get',
  path: '/sweeps/{sweep}/trials',
  summary: 'The trials of a sweep, with what became of them, or those that have changed since',
  params: z.object({ sweep: z.string() }),
  query: z.object({
    since: z.string().optional().describe('The cursor of an earlier answer: only what has changed since'),
  }),
  answer: z.object({
    cursor: z.string(),
    all: z.boolean().describe('Whether these are all trials and not changes'),
    trials: z.array(
      z.object({
        id: z.string().describe("Its run's, or `trial <number>` where it has none"),
        number: z.number(),
        state: trialStateSchema,
        parameters: z.record(z.string(), z.unknown()),
        summary: summarySchema.nullable(),
      }),
    ),
  }),
});

export const getImportance = operation({
  id: 'getImportance',
  method: 'get',
  path: '/sweeps/{sweep}/importance',
  summary: 'How much each parameter matters for being among the best trials (PED-ANOVA)',
  params: z.object({ sweep: z.string() }),
  answer: z.object({
    metric: z.string(),
    trials: z.number().describe('Finished ones'),
    best: z.number().describe('How many count as the best'),
    importance: z.array(z.object({ parameter: z.string(), share: z.number().describe('0 to 1') })),
  }),
});

const checkout = z
  .object({ commit: z.string(), dirty: z.boolean().describe('Whether tracked files were others') })
  .nullable()
  .describe('Null where a run was not begun in a checkout');

export const getCodeDifference = operation({
  id: 'getCodeDifference',
  method: 'get',
  path: '/comparison/code',
  summary: 'What changed between the commits that two runs come from, where git has them',
  description: 'By the git of the folder that the server was started in.',
  query: z.object({ from: z.string().describe('A run'), to: z.string().describe('Another') }),
  answer: z.object({
    from: checkout,
    to: checkout,
    missing: z.string().nullable().describe('Why there is nothing to show'),
    files: z.array(
      z.object({
        file: z.string(),
        added: z.int().nullable().describe('Lines; null in a binary file'),
        removed: z.int().nullable(),
      }),
    ),
    diff: z.string().describe('As `git diff` writes it; its first 200,000 characters'),
    cut: z.boolean().describe('Whether there is more'),
  }),
});
