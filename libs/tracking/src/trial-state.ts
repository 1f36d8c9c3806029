/** `running` until its process says how it ended; a `running` record whose process is gone is shown as `interrupted`. */
export const trialStates = ['running', 'finished', 'pruned', 'failed', 'interrupted'] as const;
export type TrialState = (typeof trialStates)[number];
