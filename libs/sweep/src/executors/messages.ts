import type { EpochRecord } from '@thaw/experiment';
import type { Job, TrialEvent, TrialJob, TrialOutcome } from './executor.ts';

/**
 * From the pool to a trial process. A trial that `asks` waits after each epoch for a verdict. One with the `sameGroups` as the trial
 * before is sent without them: of thousands of images they are nearly all of a job.
 */
export type PoolMessage<J extends Job = TrialJob> =
  | { readonly type: 'trial'; readonly job: J; readonly sameGroups: boolean; readonly asks: boolean }
  | { readonly type: 'verdict'; readonly prune: boolean }
  | { readonly type: 'stop' };

/** From a trial process to the pool. */
export type TrialMessage =
  | TrialEvent
  | { readonly type: 'verdict-wanted'; readonly record: EpochRecord }
  /** That its event loop turns, and what memory it holds. */
  | { readonly type: 'alive'; readonly memoryBytes: number }
  /** That it has started a program, which leads a group of processes. */
  | { readonly type: 'started'; readonly pid: number }
  | { readonly type: 'done'; readonly outcome: TrialOutcome };
