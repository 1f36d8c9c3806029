import * as z from 'zod';
import { testModes, type Summary, type TrialState } from '@thaw/experiment';
import { forecastSchema, openingSchema } from './forecast-record.ts';
import { leakageSchema } from './leakage-record.ts';
import { ownerSchema } from '../files/owner.ts';

export const sweepStates = ['running', 'finished', 'failed', 'interrupted'] as const;
export type SweepState = (typeof sweepStates)[number];

/** An attempt at a trial that failed and was followed by another. */
export const attemptSchema = z.object({
  /** Null for one that died before it had a run. */
  run: z.string().nullable(),
  error: z.string(),
});

export type FailedAttempt = z.output<typeof attemptSchema>;

export const storedTrialSchema = z.object({
  number: z.number().int().nonnegative(),
  /** Null until the run is made, and for trials that failed before that. */
  run: z.string().nullable(),
  parameters: z.record(z.string(), z.unknown()),
  /** Why the trial failed, where its run could not say so itself. */
  error: z.string().nullable(),
  /** Earlier attempts, the first one first. */
  attempts: z.array(attemptSchema).default([]),
  /** The session that began the trial ended before it had a run. */
  interrupted: z.boolean(),
});

/** `sweep.json`, with the journal of a session that runs or was killed. It says which trials there are; what became of them stands in their runs (see `reconcile`). */
export const storedSweepSchema = z.object({
  format: z.literal(1),
  id: z.string(),
  name: z.string(),
  state: z.enum(sweepStates),
  /** The file's name as the user gave it, without its folder; its text is `experiment.yaml` beside this record. */
  experiment_file: z.string(),
  /** What relative paths of the experiment are relative to: where the sweep was started. Null in records of before. */
  directory: z.string().nullable().default(null),
  /** The overrides (`path=value`) that the sweep was started with. */
  set: z.array(z.string()),
  method: z.string(),
  metric: z.object({ name: z.string(), goal: z.enum(['maximize', 'minimize']) }),
  parameters: z.record(z.string(), z.unknown()),
  engine: z.string(),
  /** What the engine computes on. */
  device: z.string().default('cpu'),
  workers: z.number().int().positive(),
  /** How many trials there will be; null where nobody can say. */
  planned: z.number().int().nonnegative().nullable().default(null),
  trials: z.array(storedTrialSchema),
  /** The file beside this one with what a session has added to `trials`; null when all is here. See `TrialJournal`. */
  journal: z.string().nullable().default(null),
  /** One for each data set and split of the sweep; null where nobody looked. */
  leakage: z.array(leakageSchema).nullable().default(null),
  /** Which trials are evaluated on the test set: each, the chosen one alone, or none until a user opens it. */
  test: z.enum(testModes).default('each'),
  /** The test images of each of its data sets, hashed; none in records of before. */
  test_sets: z.array(z.string()).default([]),
  /** When it was opened, where not each trial is evaluated on it, and for a refit; the first time first. */
  openings: z.array(openingSchema).default([]),
  /** Null where there are no folds, and before the sweep has ended. */
  forecast: forecastSchema.nullable().default(null),
  created: z.iso.datetime(),
  finished: z.iso.datetime().nullable(),
  /** Wall time of all sessions that came to an orderly end; null before the first. */
  seconds: z.number().nullable(),
  owner: ownerSchema,
});

export type StoredTrial = z.output<typeof storedTrialSchema>;
export type StoredSweep = z.output<typeof storedSweepSchema>;

/** A trial as its run tells it. */
export interface TrialRecord extends Omit<StoredTrial, 'interrupted'> {
  state: TrialState;
  seconds: number | null;
  summary: Summary | null;
}

/** A sweep with what became of its trials, in the order of their numbers. */
export interface SweepRecord extends Omit<StoredSweep, 'trials' | 'journal'> {
  trials: TrialRecord[];
}
