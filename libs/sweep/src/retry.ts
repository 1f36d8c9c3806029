import type { TrialRecord } from '@thaw/tracking';

/** How many more attempts a trial that fails has; `failed` gives one more to each that has failed already, and none to others. */
export type Retry = number | 'failed';

type Earlier = Pick<TrialRecord, 'state' | 'attempts'>;

/** Whether a trial of an earlier session is to run again. */
export function isLeft({ state, attempts }: Earlier, retry: Retry): boolean {
  if (state === 'interrupted') return true;
  return state === 'failed' && (retry === 'failed' || attempts.length < retry);
}

/** How many attempts of a trial may fail before another is made; `earlier` is what an earlier session has left of it. */
export function failuresAllowed(retry: Retry, earlier: Earlier | null): number {
  if (retry !== 'failed') return retry;
  return earlier?.state === 'failed' ? earlier.attempts.length + 1 : 0;
}
