import type { Search } from '@thaw/experiment';
import type { Pruner, Sampler, Trial } from '@thaw/search';
import type { SweepWriter, TrialRecord } from '@thaw/tracking';
import type { Executor, Job, TrialJob } from './executors/executor.ts';
import type { Lanes } from './lanes.ts';
import type { Retry } from './retry.ts';
import type { SweepListener } from './sweep-listener.ts';

export interface RunTrialsOptions<J extends Job = TrialJob> {
  readonly experiment: Search;
  readonly sampler: Sampler;
  readonly executor: Executor<J>;
  /** How many trials run at once where that may change meanwhile; as many as the executor has workers when left out. */
  readonly lanes?: Lanes | undefined;
  /** What a trial is for the executor. */
  readonly jobOf: (trial: Pick<Trial, 'number' | 'parameters'>) => J;
  readonly writer: Pick<SweepWriter, 'id' | 'addTrial' | 'updateTrial'>;
  /** What earlier sessions of this sweep have done. */
  readonly known: readonly TrialRecord[];
  /** Ends running trials that do worse than others; null lets all train to their end. */
  readonly pruner: Pruner | null;
  /** The metric after each epoch of known trials, by number; needed where there is a pruner. */
  readonly knownReports: ReadonlyMap<number, readonly number[]>;
  /** How many trials this session runs at most. */
  readonly maxTrials: number;
  /** Asked before each trial; true ends the session. */
  readonly isOver: () => boolean;
  readonly retry: Retry;
  readonly listener: SweepListener;
  /** Once aborted, no further trial begins. */
  readonly signal: AbortSignal;
}
