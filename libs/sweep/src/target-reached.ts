import type { SearchMetric } from '@thaw/experiment';
import type { Trial } from '@thaw/search';

/** The number of the first finished trial that is as good as the metric's target; null without one, or without a target. */
export function targetReachedBy(
  trials: readonly Pick<Trial, 'number' | 'state' | 'value'>[],
  { goal, target }: Pick<SearchMetric, 'goal' | 'target'>,
): number | null {
  if (target === null) return null;
  const reached = trials.filter(
    ({ state, value }) =>
      state === 'finished' && value !== null && (goal === 'maximize' ? value >= target : value <= target),
  );
  return reached.length === 0 ? null : Math.min(...reached.map(({ number }) => number));
}
