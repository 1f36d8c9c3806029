import type { TrialEvent, TrialJob, TrialOutcome } from './executors/executor.ts';

/** Who hears what happens while a sweep runs. */
export interface SweepListener {
  /** Something happened in a trial that `worker` runs. */
  event(worker: number, job: TrialJob, event: TrialEvent): void;
  ended(job: TrialJob, outcome: TrialOutcome): void;
  /** A sentence that a reader should not miss. */
  note(sentence: string): void;
}
