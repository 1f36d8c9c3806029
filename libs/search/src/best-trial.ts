import type { Goal } from '@thaw/experiment';
import type { Trial } from './trial.ts';

/**
 * The finished trial with the best value; of equals, the one with the lowest number. Trials without a value, or whose
 * value is NaN, do not count. Null when none is left.
 */
export function bestTrial<T extends Pick<Trial, 'number' | 'state' | 'value'>>(
  trials: readonly T[],
  goal: Goal,
): T | null {
  const sign = goal === 'maximize' ? 1 : -1;
  let best: { trial: T; score: number } | null = null;
  for (const trial of trials) {
    if (trial.state !== 'finished' || trial.value === null || Number.isNaN(trial.value)) continue;
    const score = sign * trial.value;
    const better =
      best === null || score > best.score || (score === best.score && trial.number < best.trial.number);
    if (better) best = { trial, score };
  }
  return best?.trial ?? null;
}
