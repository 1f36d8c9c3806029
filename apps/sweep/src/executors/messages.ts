import type { TrialEvent, TrialJob, TrialOutcome } from './executor.ts';

/** From the pool to a trial process. */
export type PoolMessage = { readonly type: 'trial'; readonly job: TrialJob } | { readonly type: 'stop' };

/** From a trial process to the pool. */
export type TrialMessage = TrialEvent | { readonly type: 'done'; readonly outcome: TrialOutcome };
