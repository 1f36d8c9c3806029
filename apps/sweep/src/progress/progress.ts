import type { TrialEvent, TrialJob, TrialOutcome } from '../executors/executor.ts';

/** What users see while a sweep runs; written to standard error. */
export interface Progress {
  /** Something happened in a trial that `worker` runs. */
  event(worker: number, job: TrialJob, event: TrialEvent): void;
  ended(job: TrialJob, outcome: TrialOutcome): void;
  /** A line that stays. */
  note(line: string): void;
  /** Gives the terminal back. May be called again. */
  close(): void;
}

export interface ProgressOptions {
  readonly stream: NodeJS.WriteStream;
  /** Trials that this session runs at most. */
  readonly trials: number;
  readonly workers: number;
  /** Milliseconds from any point in time. */
  readonly clock: () => number;
}
