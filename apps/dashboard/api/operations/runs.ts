import * as z from 'zod';
import { annotationLimits, annotationsSchema, type AnnotationsChange } from '@thaw/tracking';
import { operation } from '../operation.ts';
import { packedRowsSchema } from '../packed-rows.ts';
import { damagedSchema, figuresSchema, numberOrNull, runParams, trialStateSchema } from '../schemas.ts';

export const summarySchema = z.object({
  epochs: numberOrNull,
  best_epoch: numberOrNull,
  ...figuresSchema('train_'),
  ...figuresSchema('val_'),
  ...figuresSchema('test_'),
  train_accuracy: numberOrNull,
  train_loss: numberOrNull,
  val_accuracy: numberOrNull,
  val_loss: numberOrNull,
  test_accuracy: numberOrNull,
  test_loss: numberOrNull,
  gap: numberOrNull.describe('val_accuracy minus test_accuracy'),
  folds: z
    .array(
      z.object({
        epochs: numberOrNull,
        best_epoch: numberOrNull,
        ...figuresSchema('train_'),
        ...figuresSchema('val_'),
        train_accuracy: numberOrNull,
        train_loss: numberOrNull,
        val_accuracy: numberOrNull,
        val_loss: numberOrNull,
        images: numberOrNull,
      }),
    )
    .readonly()
    .optional()
    .describe('Of a trial with folds: what each came to'),
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
    sealed: z.boolean().describe('Nobody has looked at its test images'),
    logged: z
      .object({ experiment: z.string(), name: z.string() })
      .nullable()
      .describe('What a program that logs the run over HTTP calls it; null for others'),
    provenance: z.record(z.string(), z.unknown()).nullable().describe('Null for imported results'),
    created: z.string(),
    finished: z.string().nullable(),
    seconds: numberOrNull,
  })
  .meta({ id: 'Run' });

export type Run = z.infer<typeof runSchema>;

const tags = z.array(z.string().trim().min(1).max(annotationLimits.tag)).max(annotationLimits.tags);

/** What is left out stays as it is. */
const annotationsChange = z.strictObject({
  note: z.string().max(annotationLimits.note).optional(),
  note_was: z
    .string()
    .optional()
    .describe('The note that is to be changed: 409 where another stands there by now'),
  tags: tags.optional().describe('All tags, in place of those that are there'),
  add_tags: tags.optional(),
  remove_tags: tags.optional(),
  archived: z.boolean().optional(),
});

export type AnnotationsBody = z.output<typeof annotationsChange>;

/** The same as the store has it. */
export function changeOf({
  note_was: noteWas,
  add_tags: addTags,
  remove_tags: removeTags,
  ...change
}: AnnotationsBody): AnnotationsChange {
  return { ...change, noteWas, addTags, removeTags };
}

export const listRuns = operation({
  id: 'listRuns',
  method: 'get',
  path: '/runs',
  summary: 'All runs as rows of a table, or what has changed in them since',
  query: z.object({
    since: z.string().optional().describe('The cursor of an earlier answer: only what has changed since'),
  }),
  answer: z.object({
    cursor: z.string(),
    all: z.boolean().describe('Whether these are all runs and not changes'),
    rows: packedRowsSchema,
    removed: z.array(z.string()),
    damaged: z.array(damagedSchema),
  }),
});

export const getRun = operation({
  id: 'getRun',
  method: 'get',
  path: '/runs/{run}',
  summary: 'One run; 410 for one that was deleted and can be restored',
  params: runParams,
  answer: runSchema,
});

export const getAnnotations = operation({
  id: 'getAnnotations',
  method: 'get',
  path: '/runs/{run}/annotations',
  summary: 'What users said of a run: its note, its tags, and whether it is archived',
  params: runParams,
  answer: annotationsSchema,
});

export const annotateRun = operation({
  id: 'annotateRun',
  method: 'patch',
  path: '/runs/{run}/annotations',
  summary: 'Change the note or the tags of a run, or archive it',
  params: runParams,
  body: annotationsChange,
  answer: annotationsSchema,
});

const runsChange = z.strictObject({
  runs: z.array(z.string()).min(1).max(20_000),
  add_tags: tags.optional(),
  remove_tags: tags.optional(),
  archived: z.boolean().optional(),
  deleted: z.boolean().optional().describe('True deletes them, false restores what was deleted'),
});

export type RunsChange = z.output<typeof runsChange>;

export const changeRuns = operation({
  id: 'changeRuns',
  method: 'patch',
  path: '/runs',
  summary: 'Archive, tag, delete or restore many runs at once; says of each that was refused why',
  body: runsChange,
  answer: z.object({
    changed: z.array(z.string()),
    refused: z.array(z.object({ run: z.string(), detail: z.string() })),
  }),
});

export const deleteRun = operation({
  id: 'deleteRun',
  method: 'delete',
  path: '/runs/{run}',
  summary: 'Delete a run; restoreRun brings it back',
  params: runParams,
  answer: z.object({ deleted: z.string() }),
});

export const restoreRun = operation({
  id: 'restoreRun',
  method: 'post',
  path: '/runs/{run}/restore',
  summary: 'Bring back a deleted run',
  params: runParams,
  answer: z.object({ restored: z.string() }),
});
