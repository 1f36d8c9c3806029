/**
 * The tracker's HTTP API, which the sweep's own process serves and workers call: what is sent and what comes back. Each call
 * bears the token (`Authorization: Bearer ...`) and may be repeated without harm, because a network can lose any answer.
 *
 * - `PUT /v1/trials/{sweep}/{number}/attempts/{attempt}` begins an attempt, whose id the worker has drawn: `claimSchema`, `Claimed`
 * - `POST /v1/attempts/{attempt}/events` tells how it goes and renews its lease: `eventsSchema`, `Heard`
 * - `PUT /v1/attempts/{attempt}/files/{path}` keeps a file of its run, by its sha256
 * - `POST /v1/attempts/{attempt}/end` ends it: `endSchema`
 * - `POST /v1/attempts/{attempt}/release` gives its trial back: `releaseSchema`
 */
import * as z from 'zod';
import type { EpochRecord } from '@thaw/experiment';
import type { Provenance } from '@thaw/tracking';
import type { TrialEvent, TrialOutcome } from '../executors/executor.ts';
import type { LookedAt } from '../begin/check-leakage.ts';

/** JSON has no NaN: null stands for it. */
const numbers = z
  .record(z.string(), z.number().nullable())
  .transform((record) =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, value ?? Number.NaN])),
  );

const eventSchema = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('phase'), name: z.string(), done: z.number(), total: z.number() }),
    z.object({ type: z.literal('epoch'), record: numbers }),
  ])
  .transform((event) => event as unknown as TrialEvent);

const summarySchema = z
  .looseObject({ folds: z.array(numbers).optional() })
  .transform(({ folds, ...figures }) => ({ ...numbers.parse(figures), ...(folds && { folds }) }));

const facts = z.record(z.string(), z.unknown());

export const claimSchema = z.object({
  /** Names the worker to people. */
  worker: z.string().max(200),
  provenance: facts.transform((value) => value as Provenance),
});

export interface Claimed {
  /** The run that the attempt records. */
  readonly run: string;
  /** The `groups` of the trial's job. */
  readonly groups: LookedAt;
}

export const eventsSchema = z.object({
  /** The place of the first event among all of this attempt: what was heard before is not heard again. */
  first: z.number().int().nonnegative(),
  events: z.array(eventSchema),
  /** Whether a pruner is to judge the last event, an epoch, or with folds the last of `folds_so_far`. */
  judge: z.boolean(),
  /** What the folds so far had come to after each of those that were not heard of. */
  folds_so_far: z.array(numbers.transform((record) => record as unknown as EpochRecord)).optional(),
});

export interface Heard {
  /** The attempt is to end after its running epoch. */
  readonly stop: boolean;
  readonly prune: boolean;
}

export const endSchema = z.object({
  outcome: z
    .discriminatedUnion('state', [
      z.object({ state: z.enum(['finished', 'pruned']), summary: summarySchema }),
      z.object({ state: z.literal('failed'), error: z.string(), permanent: z.boolean().optional() }),
    ])
    .transform((outcome) => outcome as unknown as Exclude<TrialOutcome, { state: 'interrupted' }>),
  classes: z.array(z.string()),
  provenance: facts,
});

export const releaseSchema = z.object({ reason: z.string().nullable() });

/** Why a call was refused: `lost` for an attempt that is none (any more), `leased` and `settled` for trials that others have. */
export type Refusal = 'lost' | 'leased' | 'settled' | 'unknown' | 'invalid';

/** What comes back instead with a status of 400 and above. */
export interface Refused {
  readonly refusal: Refusal;
  readonly message: string;
}

/** The files of a run that a worker may write. */
export const uploadPattern =
  /^(predictions-(validation|test)\.jsonl|groups\.json|log\.txt|system\.jsonl|model\/((frozen|fold-\d+)\/)?[A-Za-z0-9_][A-Za-z0-9_.-]*)$/;
