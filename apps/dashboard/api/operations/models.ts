import { exportFormats } from '@thaw/serving/formats';
import * as z from 'zod';
import { operation } from '../operation.ts';
import { damagedSchema } from '../schemas.ts';
import { progressSchema } from './jobs.ts';
import { summarySchema } from './runs.ts';

export const modelVersionSchema = z
  .object({
    version: z.number(),
    aliases: z.array(z.string()),
    created: z.string(),
    run: z.string(),
    sweep: z.string().nullable(),
    trial: z.number(),
    parameters: z.record(z.string(), z.unknown()),
    backbone: z.string().describe('A name, or the path of an ONNX file'),
    scenario: z.string(),
    classes: z.array(z.string()),
    summary: summarySchema,
    notes: z.array(z.string()).describe('How it was chosen, and what to know about that'),
    provenance: z
      .record(z.string(), z.unknown())
      .describe('Of its run: code, machine, packages, data and their fingerprint, weights it started from'),
    weights_sha256: z.string().describe("The trained weights' names, shapes and values"),
    verified: z
      .object({
        images: z.number(),
        largest_difference: z.number(),
        part: z
          .enum(['train', 'validation', 'test'])
          .nullable()
          .describe('Which images; null in versions of before, which do not say it'),
      })
      .nullable()
      .describe('How far the exported model is from what the run said of some of its images'),
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

/** A model by its name. */
const named = z.object({ model: z.string().describe('MODEL') });

/** A version, however it is named. */
export const reference = z.object({ model: z.string().describe('MODEL, MODEL@ALIAS or MODEL:VERSION') });

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
  params: reference,
  answer: z.object({ markdown: z.string() }),
});

export const listModelFiles = operation({
  id: 'listModelFiles',
  method: 'get',
  path: '/models/{model}/files',
  summary: 'The files of a version',
  params: reference,
  answer: z.object({ files: z.array(z.object({ name: z.string(), bytes: z.number() })) }),
});

export const getModelFile = operation({
  id: 'getModelFile',
  method: 'get',
  path: '/models/{model}/files/{file}',
  summary: 'A file of a version; `tf.loadLayersModel` opens the address of its model.json',
  params: reference.extend({ file: z.string() }),
  answer: z.string().meta({ format: 'binary' }),
  answerType: 'application/octet-stream',
});

export const getModelArchive = operation({
  id: 'getModelArchive',
  method: 'get',
  path: '/models/{model}/archive',
  summary: 'All files of a version as one ZIP archive',
  params: reference,
  answer: z.string().meta({ format: 'binary' }),
  answerType: 'application/zip',
});

export const getModelExport = operation({
  id: 'getModelExport',
  method: 'get',
  path: '/models/{model}/exports/{format}',
  summary: 'A version as other programs open it',
  description:
    "As `models export` writes it without options: a file of Keras or ONNX, or a model folder of Hugging Face's hub as a ZIP archive",
  params: reference.extend({ format: z.enum(exportFormats) }),
  answer: z.string().meta({ format: 'binary' }),
  answerType: 'application/octet-stream',
});

export const promoteRun = operation({
  id: 'promoteRun',
  method: 'post',
  path: '/models/{model}/versions',
  summary: 'Makes a run, or the best run of a sweep by its own metric, the next version of a model',
  params: named,
  body: z
    .strictObject({
      run: z.string().min(1).optional(),
      sweep: z.string().min(1).optional(),
      alias: z.string().optional(),
    })
    .refine(({ run, sweep }) => (run === undefined) !== (sweep === undefined), 'either a run or a sweep')
    .describe('`alias` also points at the new version'),
  answer: z.object({
    name: z.string(),
    version: z.number(),
    run: z.string(),
    aliases: z.array(z.string()),
    notes: z.array(z.string()).describe('How it was chosen, and what to know about that'),
  }),
});

export const listPromotions = operation({
  id: 'listPromotions',
  method: 'get',
  path: '/promotions',
  summary: 'The promotions that this server has under way, and how far they are',
  answer: z.object({
    promotions: z.array(
      progressSchema.extend({
        model: z.string(),
        run: z.string().describe('The run that becomes a version'),
      }),
    ),
  }),
});

export const cancelPromotion = operation({
  id: 'cancelPromotion',
  method: 'delete',
  path: '/promotions/{run}',
  summary: 'Ends the promotion of a run, which leaves no version behind, unless it has just finished',
  params: z.object({ run: z.string() }),
  answer: z.object({ state: z.enum(['finished', 'failed', 'cancelled']) }),
});

export type RunningPromotion = z.output<typeof listPromotions.answer>['promotions'][number];

export const moveAlias = operation({
  id: 'moveAlias',
  method: 'post',
  path: '/models/{model}/aliases',
  summary: 'Points an alias at a version, or, without one, at the version where it pointed before',
  params: named,
  body: z.object({ alias: z.string(), version: z.number().int().positive().nullable() }),
  answer: z.object({ alias: z.string(), version: z.number() }),
});

export const removeAlias = operation({
  id: 'removeAlias',
  method: 'delete',
  path: '/models/{model}/aliases/{alias}',
  summary: 'Takes an alias away; its history stays',
  params: named.extend({ alias: z.string() }),
  answer: z.object({ removed: z.string() }),
});
