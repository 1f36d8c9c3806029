import * as z from 'zod';
import { metricNamesOf, trialStates, type Settings, type Summary } from '@thaw/experiment';
import { importedSchema } from '../import/imported-record.ts';
import { jsonNumber } from './json-number.ts';
import { ownerSchema } from '../files/owner.ts';
import { provenanceSchema } from './provenance.ts';

/** Metrics that runs of before do not have. */
const figures = (...prefixes: string[]) =>
  Object.fromEntries(prefixes.flatMap(metricNamesOf).map((name) => [name, jsonNumber.optional()]));

/** Figures of other names, which a training loop of one's own gave, are kept. */
export const summarySchema: z.ZodType<Summary> = z.looseObject({
  epochs: jsonNumber,
  best_epoch: jsonNumber,
  ...figures('train_', 'val_', 'test_'),
  train_accuracy: jsonNumber,
  train_loss: jsonNumber,
  val_accuracy: jsonNumber,
  val_loss: jsonNumber,
  test_accuracy: jsonNumber,
  test_loss: jsonNumber,
  gap: jsonNumber,
  folds: z
    .array(
      z.object({
        epochs: jsonNumber,
        best_epoch: jsonNumber,
        ...figures('train_', 'val_'),
        train_accuracy: jsonNumber,
        train_loss: jsonNumber,
        val_accuracy: jsonNumber,
        val_loss: jsonNumber,
        images: jsonNumber,
      }),
    )
    .optional(),
});

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Of records of before, in which a client's end may have a year of more than four digits: such an end is none. */
const isLongYear = (value: unknown) => typeof value === 'string' && /^[+-]\d{6}-/.test(value);

/** `run.json`, the one truth about a trial's state and summary. Times are ISO 8601, UTC. */
export const runSchema = z.object({
  format: z.literal(1),
  id: z.string(),
  sweep: z.string().nullable(),
  /** The trial's number in its sweep. */
  number: z.number().int().nonnegative(),
  /** A `running` record whose process is gone is shown as `interrupted`. */
  state: z.enum(trialStates),
  parameters: z.record(z.string(), z.unknown()),
  /** As they were valid when the run was made; not checked again, so that old runs stay readable. Null for runs that Thaw did not train. */
  settings: z.custom<Settings>(isObject, 'settings').nullable(),
  /** Where the files and folders lay that the settings name, by dotted setting, absolute; none in records of before. */
  paths: z.record(z.string(), z.string()).default({}),
  summary: summarySchema.nullable(),
  /** Class names in the order of the predictions' probabilities. */
  classes: z.array(z.string()).nullable(),
  error: z.string().nullable(),
  /** Nobody has looked at its test images. */
  sealed: z.boolean().default(false),
  /** Null for imported runs. */
  provenance: provenanceSchema.nullable(),
  /** Null for Thaw's own runs. */
  imported: importedSchema.nullable().default(null),
  /** Of a run that a program logs over HTTP: where it belongs and what it is called there. Null for others. */
  logged: z
    .object({ experiment_id: z.string(), experiment: z.string(), name: z.string() })
    .nullable()
    .default(null),
  created: z.iso.datetime(),
  finished: z.preprocess((value) => (isLongYear(value) ? null : value), z.iso.datetime().nullable()),
  seconds: z.number().nullable(),
  owner: ownerSchema,
});

export type RunRecord = z.output<typeof runSchema>;
