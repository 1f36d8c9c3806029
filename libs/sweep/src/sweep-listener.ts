import type { Job, TrialEvent, TrialOutcome } from './executors/executor.ts';

/** Who hears what happens while a sweep runs. */
export interface SweepListener {
  /** Something happened in a trial that `worker` runs. */
  event(worker: number, job: Job, event: TrialEvent): void;
  ended(job: Job, outcome: TrialOutcome): void;
  /** A sentence that a reader should not miss. */
  note(sentence: string): void;
}
