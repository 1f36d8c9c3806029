import type { Goal, TrialState } from '@thaw/experiment';
import { describe, expect, it, test } from 'vitest';
import { bestFirst, bestTrial } from '../src/index.ts';

/** Trials from [value, state], numbered from 0. */
function trials(...entries: [value: number | null, state?: TrialState][]) {
  return entries.map(([value, state = 'finished'], number) => ({ number, value, state }));
}

describe('bestTrial', () => {
  test.each<[string, ReturnType<typeof trials>, Goal, number | null]>([
    ['the highest to maximise', trials([0.4], [0.9], [0.5]), 'maximize', 1],
    ['the lowest to minimise', trials([0.4], [0.9], [0.3]), 'minimize', 2],
    ['the lowest number of equals', trials([0.4], [0.9], [0.9]), 'maximize', 1],
    ['negative values', trials([-2], [-1], [-3]), 'maximize', 1],
    ['none of no trials', trials(), 'maximize', null],
    ['none without values', trials([null], [NaN]), 'minimize', null],
    ['past null and NaN to maximise', trials([NaN], [null], [0.1]), 'maximize', 2],
    ['past null and NaN to minimise', trials([0.1], [NaN], [null]), 'minimize', 0],
    [
      'finished trials only',
      trials([0.9, 'running'], [0.8, 'pruned'], [0.7, 'failed'], [0.6, 'interrupted'], [0.1]),
      'maximize',
      4,
    ],
    ['an infinite loss when there is nothing better', trials([Infinity]), 'minimize', 0],
  ])('finds %s', (_, list, goal, number) => {
    expect(bestTrial(list, goal)?.number ?? null).toBe(number);
  });

  it('does not depend on the order of the trials', () => {
    const list = trials([0.9], [0.9], [0.1], [null]);
    expect(bestTrial(list.toReversed(), 'maximize')?.number).toBe(0);
    expect(bestTrial(list, 'maximize')?.number).toBe(0);
  });
});

describe('bestFirst', () => {
  const list = trials([0.4], [NaN], [0.9], [null], [0.9], [-1]);

  test.each<[Goal, number[]]>([
    ['maximize', [2, 4, 0, 5, 1, 3]],
    ['minimize', [5, 0, 2, 4, 1, 3]],
  ])('to %s orders by value, then number, and puts those without a value last', (goal, numbers) => {
    expect(
      list
        .toReversed()
        .sort(bestFirst(goal))
        .map(({ number }) => number),
    ).toEqual(numbers);
  });

  it('orders infinite values, too', () => {
    expect(trials([Infinity], [Infinity], [1]).sort(bestFirst('minimize'))[0]?.number).toBe(2);
  });
});
