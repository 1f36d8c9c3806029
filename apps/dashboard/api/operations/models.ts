import { z } from 'zod';
import { operation } from '../operation.ts';
import { damagedSchema } from '../schemas.ts';
import { summarySchema } from './runs.ts';

export const modelVersionSchema = z
  .object({
    version: z.number(),
    aliases: z.array(z.string()),
    created: z.string(),
    run: z.string(),
    sweep: z.string().nullable(),
    parameters: z.record(z.string(), z.unknown()),
    scenario: z.string(),
    classes: z.array(z.string()),
    summary: summarySchema,
    notes: z.array(z.string()).describe('How it was chosen, and what to know about that'),
  })
  .meta({ id: 'ModelVersion' });

export type ModelVersion = z.infer<typeof modelVersionSchema>;

export const modelSchema = z
  .object({
    name: z.string(),
    versions: z.array(modelVersionSchema).describe('The newest first'),
    moves: z
      .array(z.object({ alias: z.string(), version: z.number().nullable(), at: z.string() }))
      .describe('Every move of an alias, oldest first'),
  })
  .meta({ id: 'Model' });

export type Model = z.infer<typeof modelSchema>;

export const listModels = operation({
  id: 'listModels',
  method: 'get',
  path: '/models',
  summary: 'All promoted models, with their versions and aliases',
  answer: z.object({ models: z.array(modelSchema), damaged: z.array(damagedSchema) }),
});

export const getModelCard = operation({
  id: 'getModelCard',
  method: 'get',
  path: '/models/{model}/card',
  summary: 'The model card of a version, Markdown without its metadata',
  params: z.object({ model: z.string().describe('MODEL, MODEL@ALIAS or MODEL:VERSION') }),
  answer: z.object({ markdown: z.string() }),
});

export const moveAlias = operation({
  id: 'moveAlias',
  method: 'post',
  path: '/models/{model}/aliases',
  summary: 'Points an alias at a version, or, without one, at the version where it pointed before',
  params: z.object({ model: z.string().describe('MODEL') }),
  body: z.object({ alias: z.string(), version: z.number().int().positive().nullable() }),
  answer: z.object({ alias: z.string(), version: z.number() }),
});

/** Labels and their probabilities. */
const labelled = { label: z.string(), probabilities: z.record(z.string(), z.number()) };

/** What the try page shows of an image; answered beside Next.js, see `PredictHandler`. */
export const explanationSchema = z.object({
  model: z.string(),
  version: z.number(),
  ...labelled,
  seen: z.string().describe('The image as the network sees it; a PNG as a data URL'),
  heat_map: z.object({ height: z.number(), width: z.number(), values: z.array(z.number()) }),
  nearest: z
    .array(
      z.object({
        file: z.string(),
        label: z.string(),
        similarity: z.number().describe('Cosine of the angle between the features'),
        picture: z.string().nullable().describe('A data URL; null where the file is gone'),
      }),
    )
    .nullable(),
});

export type Explanation = z.infer<typeof explanationSchema>;
