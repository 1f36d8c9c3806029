import type { ErrorKind } from '@thaw/base';
import type { Device } from '@thaw/compute';
import type {
  EpochRecord,
  ParameterValues,
  Program,
  Settings,
  SettingsPaths,
  Summary,
} from '@thaw/experiment';
import type { LookedAt } from '../begin/check-leakage.ts';

/** One trial to run, with everything that another process needs to know. */
export interface Job {
  readonly sweep: string;
  readonly number: number;
  readonly parameters: ParameterValues;
  readonly runsDir: string;
  /** Where what can be used again is kept. */
  readonly cacheDir: string;
  /**
   * What each image shows, by the sha256 of its file, where copies of one photograph were looked for before the sweep began. A
   * data set that names its groups needs none, nor does a program.
   */
  readonly groups?: LookedAt | undefined;
}

/** A trial that runs a program of the user's own. */
export interface ProgramJob extends Job {
  readonly program: Program;
  /** The metric of the sweep, which the program must report. */
  readonly metric: string;
  /** Where it is started. */
  readonly directory: string;
  /** Milliseconds without any output or report after which it counts as hanging. */
  readonly patienceMs: number;
  /** Milliseconds that it has to end once it was asked to. */
  readonly graceMs: number;
}

/** A trial that Thaw trains. */
export interface TrialJob extends Job {
  readonly settings: Settings;
  /** Where what the settings name by a path lies on this machine; elsewhere they are tried as they are written. */
  readonly paths?: SettingsPaths;
  readonly engine: string;
  readonly device: Device;
  /** Other trials run beside this one. */
  readonly sharedCores: boolean;
  /** What the trial's data set must be: on a machine with data of its own, or where it was read before the sweep began. */
  readonly fingerprint?: string | undefined;
  /** The SHA-256 of what its backbone must start from, where it was read before the sweep began. */
  readonly weightsSha256?: string | undefined;
  /** False leaves the test images alone; see `test` of an experiment. */
  readonly test?: boolean | undefined;
}

/** Whether Thaw trains it. */
export function isTrialJob(job: Job): job is TrialJob {
  return 'settings' in job;
}

/** Whether it runs a program of the user's own. */
export function isProgramJob(job: Job): job is ProgramJob {
  return 'program' in job;
}

/** What a trial tells while it runs. */
export type TrialEvent =
  | { readonly type: 'run'; readonly run: string }
  | { readonly type: 'phase'; readonly name: string; readonly done: number; readonly total: number }
  | {
      readonly type: 'batch';
      readonly done: number;
      readonly total: number;
      readonly imagesPerSecond: number;
    }
  | { readonly type: 'epoch'; readonly record: EpochRecord };

/**
 * How a trial ended. One that has failed permanently would only fail again: its settings are at fault. A trial that is asked to
 * stop ends as interrupted and may be run again; so does one that a circumstance has stopped which would stop all others too,
 * and `error` says which.
 */
export type TrialOutcome =
  | { readonly state: 'finished' | 'pruned'; readonly summary: Summary }
  | { readonly state: 'failed'; readonly error: string; readonly permanent?: boolean }
  | { readonly state: 'interrupted'; readonly error?: string; readonly kind?: ErrorKind };

/** Called with each event of a trial and the number of the worker that runs it, from 0. */
export type OnTrialEvent = (event: TrialEvent, worker: number) => void;

/** Says after an epoch that others would follow whether the trial ends there, as pruned. */
export type TrialPruner = (record: EpochRecord) => boolean | Promise<boolean>;

/** Runs trials somewhere, at most `workers` at once; further ones wait. */
export interface Executor<J extends Job = TrialJob> {
  readonly workers: number;
  /**
   * Never rejects for what a trial does: a trial that breaks, or breaks its worker, has failed. With `prune` the trial waits
   * for its answer after each epoch, once the epoch was observed.
   */
  run(job: J, observe: OnTrialEvent, prune?: TrialPruner): Promise<TrialOutcome>;
  /** From now on so many trials run at once; those that run go on to their end. */
  resize(workers: number): void;
  /** Lets one trial end as interrupted once its running epoch is over; nothing where it does not run. */
  stopTrial(job: Pick<Job, 'sweep' | 'number'>): void;
  /** Lets all trials end as interrupted once their running epoch is over, and starts no more. May be called again. */
  stop(): void;
  /** Ends all trials at once as interrupted. */
  kill(): void;
  /** Gives the workers back; waits until they are gone. */
  close(): Promise<void>;
}
