import * as z from 'zod';
import { operation } from '../operation.ts';
import { yamlSchema } from './experiments.ts';
import { jobSchema } from './jobs.ts';

const interval = z.tuple([z.number(), z.number()]).readonly().nullable();

/** Less does not suffice to begin with, and more is a sweep. */
export const [leastSeconds, mostSeconds] = [10, 3600];

const adviceSchema = z
  .object({
    scenario: z.string().describe('The one that wins trials, where there were any, else that of the rule'),
    scenario_by_rule: z.string(),
    evidence: z.enum(['weak', 'moderate', 'strong']),
    reasons: z.array(z.string()),
    doubts: z.array(z.string()).describe('What could be otherwise'),
    layout: z.string(),
    images: z.int().describe('Those of the test set aside'),
    photographs: z.int(),
    classes: z.array(z.object({ class: z.string(), images: z.int(), photographs: z.int() })).readonly(),
    features: z.object({
      backbone: z.string(),
      weights: z.string(),
      alpha: z.number().nullable(),
      image_size: z.int(),
    }),
    trials: z
      .object({
        budget_seconds: z.number(),
        folds: z.int(),
        scenarios: z.array(
          z.object({
            scenario: z.string(),
            accuracy: z.number().nullable(),
            ci95: interval,
            folds: z.int().describe('On which it was tried'),
          }),
        ),
      })
      .nullable()
      .describe('Null where none were asked for'),
    seconds: z.number(),
  })
  .meta({ id: 'Advice', description: 'As `advise --output` writes it; accuracies are fractions' });

export type Advice = z.infer<typeof adviceSchema>;

const folder = z.object({ folder: z.string().describe('Absolute') });

const answer = z.object({
  folder: z.string(),
  advice: adviceSchema.nullable().describe('Null until it is there'),
  job: jobSchema.nullable().describe('The last that was asked for; null where there was none'),
});

export const startAdvice = operation({
  id: 'startAdvice',
  method: 'post',
  path: '/advice',
  summary: 'Starts to look which scenario suits the images of an experiment; getAdvice tells how far that is',
  description:
    'By the features of the network that the experiment names, and where `seconds` are given by short trials of each scenario with its settings. Test images are left alone. One at a time for each folder: 409 where it has one.',
  body: z.strictObject({
    yaml: yamlSchema,
    seconds: z.int().min(leastSeconds).max(mostSeconds).optional().describe('For trials of each scenario'),
  }),
  answer,
});

export const getAdvice = operation({
  id: 'getAdvice',
  method: 'get',
  path: '/advice',
  summary: 'Advice about a folder of images that was asked for since the server was started',
  query: folder,
  answer,
});

export const cancelAdvice = operation({
  id: 'cancelAdvice',
  method: 'delete',
  path: '/advice',
  summary: 'Stops looking; what was computed is kept for the next time',
  query: folder,
  answer,
});
