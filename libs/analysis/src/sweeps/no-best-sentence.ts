import type { SweepRecord } from '@thaw/tracking';

/** Why a sweep of which so many trials have finished has no best trial, in a sentence. */
export function noBestSentence(
  { state, metric }: Pick<SweepRecord, 'state' | 'metric'>,
  finished: number,
): string {
  if (finished > 0) return `There is no best trial: ${metric.name} is not a number for any finished trial.`;
  return state === 'running' ? 'No trial has finished yet.' : 'No trial finished.';
}
