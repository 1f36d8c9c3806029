import type { Goal } from '@thaw/experiment';
import type { Trial } from '../../trial.ts';

/** Trials that say something about where good values lie: those that finished with a value, and pruned ones. */
export function informative(trials: readonly Trial[]): Trial[] {
  return trials.filter(({ state, value }) =>
    state === 'pruned' ? true : state === 'finished' && value !== null && !Number.isNaN(value),
  );
}

/**
 * The best `count` trials and all others, as Optuna divides them: finished ones by their value, after them pruned ones, those
 * that came further first and then by their last report. Of equals the earlier one counts as better.
 */
export function splitTrials(
  trials: readonly Trial[],
  count: number,
  goal: Goal,
): { good: Trial[]; bad: Trial[] } {
  const sign = goal === 'maximize' ? -1 : 1;
  const rank = ({ state, value, reports = [] }: Trial): readonly number[] => {
    if (state === 'finished') return [0, 0, sign * value!];
    const last = reports.at(-1) ?? value;
    return [1, -reports.length, last === null || Number.isNaN(last) ? Number.POSITIVE_INFINITY : sign * last];
  };
  const ranked = trials
    .map((trial) => ({ trial, key: [...rank(trial), trial.number] }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ trial }) => trial);
  return { good: ranked.slice(0, count), bad: ranked.slice(count) };
}

function compare(a: readonly number[], b: readonly number[]): number {
  const place = a.findIndex((value, i) => value !== b[i]);
  return place === -1 ? 0 : a[place]! < b[place]! ? -1 : 1;
}
