import { z } from 'zod';
import { searchShape } from '../experiment-file.ts';
import { jsonSchemaOf } from '../messages/json-schema.ts';
import { goals } from '../metrics.ts';
import { usualCommand } from './macros.ts';

const word = z.string().min(1).describe('a path or a word');

/** The keys of an experiment file whose trials run a program of the user's own, in W&B's words. */
export const programFileSchema = z.strictObject({
  ...searchShape,
  program: word.optional(),
  command: z
    .array(z.union([word, z.number()]))
    .min(1)
    .describe('a list of words and macros, such as ["${env}", "${interpreter}", "${program}", "${args}"]')
    .default(usualCommand),
  metric: z
    .strictObject({ name: z.string().min(1), goal: z.enum(goals).optional(), target: z.number().optional() })
    .optional(),
});

export const programFileJsonSchema = jsonSchemaOf(programFileSchema);

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
