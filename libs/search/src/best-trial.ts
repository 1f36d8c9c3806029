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
  const [best] = trials
    .filter((trial) => trial.state === 'finished' && hasValue(trial))
    .sort(bestFirst(goal));
  return best ?? null;
}

/** Orders trials as `bestTrial` chooses: of equals the one with the lower number is before the other; those that do not count are last. */
export function bestFirst(goal: Goal) {
  const sign = goal === 'maximize' ? -1 : 1;
  const rank = (trial: Ranked) => (hasValue(trial) ? sign * trial.value : Infinity);
  // Of two infinite values the difference is NaN.
  return (a: Ranked, b: Ranked): number => rank(a) - rank(b) || a.number - b.number;
}

type Ranked = Pick<Trial, 'number' | 'value'>;

function hasValue(trial: Ranked): trial is Ranked & { readonly value: number } {
  return trial.value !== null && !Number.isNaN(trial.value);
}
