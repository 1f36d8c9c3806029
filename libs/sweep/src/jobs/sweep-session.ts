import type { Allowed } from '@thaw/experiment';
import type { SweepState } from '@thaw/tracking';

/** A session of a sweep that somebody asks for. */
export interface SweepRequest {
  /** A new sweep, under an id that was given out before, or one to go on with. */
  readonly from:
    | { readonly id: string; readonly file: string; readonly text: string }
    | { readonly resume: string; readonly file: null };
  /** Null for as many as the machine has room for. */
  readonly workers: number | null;
  /** Whether failed trials are run once more. */
  readonly retryFailed: boolean;
  /** What relative paths of a new experiment are relative to. */
  readonly directory: string;
  readonly allowed: Allowed;
}

export interface SweepOutcome {
  /** What the sweep is now; null where it was stopped before it was recorded. */
  readonly state: Exclude<SweepState, 'running'> | null;
  /** Whether somebody has ended the session. */
  readonly stopped: boolean;
}

/** How a session is steered; see `Steering`. */
export type SweepOrder =
  | { readonly do: 'stop' }
  | { readonly do: 'stop trial'; readonly trial: number }
  | { readonly do: 'resize'; readonly workers: number };

/** A trial that a session runs. */
export interface RunningTrial {
  readonly trial: number;
  /** From 0. */
  readonly worker: number;
  /** Null until its run is made. */
  readonly run: string | null;
  /** When it was first heard of, in ISO 8601. */
  readonly since: string;
  /** How far it is, in one line without its number. */
  readonly doing: string;
  /** Whether it was asked to end. */
  readonly stopping: boolean;
}

/** How far a session is whose sweep is recorded. */
export interface SweepSession {
  /** How many trials may run at once. */
  readonly workers: number;
  /** Trials that have not begun; null where values are drawn without end. */
  readonly waiting: number | null;
  readonly running: readonly RunningTrial[];
  /** Trials of all sessions; with those that were pruned. */
  readonly finished: number;
  readonly failed: number;
  /** Trials that this session has begun and not brought to an end. */
  readonly interrupted: number;
}
