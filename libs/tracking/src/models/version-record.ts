import * as z from 'zod';
import type { Settings } from '@thaw/experiment';
import { jsonNumber } from '../records/json-number.ts';
import { provenanceSchema } from '../records/provenance.ts';
import { summarySchema } from '../records/run-record.ts';

/** `lineage.json`: what a version of a model is and where it came from. Never changed once it is written. */
export const versionSchema = z.object({
  format: z.literal(1),
  name: z.string(),
  version: z.number().int().positive(),
  created: z.iso.datetime(),
  /** The run that trained it, and its place in its sweep. */
  run: z.string(),
  sweep: z.string().nullable(),
  trial: z.number().int().nonnegative(),
  parameters: z.record(z.string(), z.unknown()),
  /** Not checked again, so that old versions stay readable. */
  settings: z.custom<Settings>((value) => typeof value === 'object' && value !== null, 'settings'),
  /** Where what the settings name by a path lay, as in the run's record. */
  paths: z.record(z.string(), z.string()).default({}),
  summary: summarySchema,
  /** Its own network, one trained anew on all images of its folds, or the mean of the folds' networks. */
  as: z.enum(['run', 'refit', 'ensemble']).default('run'),
  classes: z.array(z.string()),
  /** Of the run: code, machine, packages, data fingerprint, weights that the backbone started from. */
  provenance: provenanceSchema,
  /** The sha256 of the trained weights' names, shapes and values. */
  weights_sha256: z.string(),
  /** How it was chosen, and what whoever relies on it should know, in sentences. */
  choice: z.object({
    by: z.enum(['run', 'sweep']),
    metric: z.string().nullable(),
    notes: z.array(z.string()),
  }),
  /** The largest difference between what the exported model and the run said of images of one part; null where these are gone. */
  verified: z
    .object({
      images: z.number().int(),
      largest_difference: jsonNumber,
      /** Null in records of before, which do not say it. */
      part: z.enum(['train', 'validation', 'test']).nullable().default(null),
    })
    .nullable(),
});

export type VersionRecord = z.output<typeof versionSchema>;
