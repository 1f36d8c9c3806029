import type { SweepState } from '@thaw/tracking';

/** A session of a sweep that has ended. */
export interface EndedSession {
  /** Whether a signal has ended it. */
  readonly stopped: boolean;
  /** Whether any trial of the sweep has finished. */
  readonly anyFinished: boolean;
  /** Trials that are left to run; Infinity where the search has no end, which is over when its session is. */
  readonly missing: number;
}

/** What a sweep is after a session: `interrupted` as well where a limit of the session, not the experiment, has ended it. */
export function endOfSweep({ stopped, anyFinished, missing }: EndedSession): Exclude<SweepState, 'running'> {
  const isWhole = missing === 0 || missing === Number.POSITIVE_INFINITY;
  if (stopped || (anyFinished && !isWhole)) return 'interrupted';
  return anyFinished ? 'finished' : 'failed';
}
