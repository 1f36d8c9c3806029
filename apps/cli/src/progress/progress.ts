import type { SweepListener } from '@thaw/sweep';

/** What users see while a sweep runs; written to standard error. */
export interface Progress extends SweepListener {
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
