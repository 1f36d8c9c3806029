import * as z from 'zod';
import { searchShape } from '../experiment-file.ts';
import { jsonSchemaOf } from '../messages/json-schema.ts';
import { goals } from '../metrics.ts';
import { means } from '../settings/forms.ts';
import { usualCommand } from './macros.ts';

const word = z.string().min(1).describe('a path or a word');

/** The keys of an experiment file whose trials run a program of the user's own, in W&B's words. */
export const programFileSchema = z.strictObject({
  ...searchShape,
  program: word.meta(means('The program that each trial runs.', 'train.py')).optional(),
  command: z
    .array(z.union([word, z.number()]))
    .min(1)
    .describe('a list of words and macros, such as ["${env}", "${interpreter}", "${program}", "${args}"]')
    .meta(means('How it is started: words, and macros that stand for other words.'))
    .default(usualCommand),
  metric: z
    .strictObject({
      name: z
        .string()
        .min(1)
        .meta(means('What the best trial is chosen by: any metric that the program reports. Needed.', 'f1')),
      goal: z
        .enum(goals)
        .meta(means('Which way is better. Needed for a metric that Thaw does not know.', 'maximize'))
        .optional(),
      target: z
        .number()
        .meta(means('Once a trial is as good as this, no further one begins.', 0.9))
        .optional(),
    })
    .optional(),
});

export const programFileJsonSchema = () => jsonSchemaOf(programFileSchema);

/** Sections of what Thaw trains itself. */
export const trainingSections = [
  'dataset',
  'split',
  'model',
  'augmentation',
  'training',
  'evaluation',
  'test',
] as const;
