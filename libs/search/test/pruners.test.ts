import { describe, expect, it, test } from 'vitest';
import type { EarlyTermination } from '@thaw/experiment';
import { createPruner, pruners, type Trial } from '../src/index.ts';
import { prunerContract } from './support/pruner-contract.ts';

const rules: readonly EarlyTermination[] = [
  { type: 'hyperband', min_iter: 2, eta: 2, strict: true },
  { type: 'hyperband', max_iter: 9, s: 2, eta: 3, strict: false },
  { type: 'asha', min_iter: 1, eta: 3 },
  { type: 'median', min_iter: 2, min_trials: 3 },
];

it('has a rule of each type in these tests', () => {
  expect(new Set(rules.map(({ type }) => type))).toEqual(new Set(Object.keys(pruners)));
});

for (const rule of rules) prunerContract(JSON.stringify(rule), (goal) => createPruner(rule, goal));

/** A trial from its accuracies; running ones are what is asked about. */
const trial = (number: number, curve: number[], state: Trial['state'] = 'finished'): Trial => ({
  number,
  parameters: {},
  state,
  value: null,
  reports: curve,
});

describe('worked by hand', () => {
  // The example in W&B's own code, whose first values stand for epoch 0; brackets 1 and 2, half goes on.
  test.each([
    ['worse than half at the first bracket', [10], true],
    ['passes the first, not the second', [8, 8], true],
    ['passes both', [7, 7], false],
  ])('hyperband: %s', (_, curve, expected) => {
    const rule = { type: 'hyperband', max_iter: 5, s: 2, eta: 2, strict: true } as const;
    const all = [[9], [10], [8, 8], [7, 7], [6, 6]].map((each, i) => trial(i, each, 'running'));
    const own = all.find(({ reports }) => String(reports) === String(curve))!;
    expect(createPruner(rule, 'minimize').shouldPrune(own, all)).toBe(expected);
  });

  it('hyperband: strict looks at the bracket alone, else the best so far counts', () => {
    const own = trial(1, [0.9, 0.2], 'running');
    const others = [trial(0, [0.5, 0.5]), trial(2, [0.4, 0.4])];
    const rule = { type: 'hyperband', min_iter: 2, eta: 3 } as const;
    expect(createPruner({ ...rule, strict: true }, 'maximize').shouldPrune(own, [own, ...others])).toBe(true);
    expect(createPruner({ ...rule, strict: false }, 'maximize').shouldPrune(own, [own, ...others])).toBe(
      false,
    );
  });

  test.each([
    ['the best of nine at a rung', 0.9, 3, false],
    ['the third of nine, as 9 / 3 go on', 0.65, 3, false],
    ['the fourth', 0.55, 3, true],
    ['the worst between two rungs', 0, 2, false],
    ['one that is not a number', Number.NaN, 3, true],
  ])('asha: %s', (_, last, epochs, expected) => {
    const others = [0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1].map((value, i) => trial(i, [0, 0, value]));
    const own = trial(9, [...Array<number>(epochs - 1).fill(0), last], 'running');
    const pruner = createPruner({ type: 'asha', min_iter: 1, eta: 3 }, 'maximize');
    // Rungs are epochs 1, 3, 9.
    expect(pruner.shouldPrune(own, [...others, own])).toBe(expected);
  });

  test.each([
    ['asha', { type: 'asha', min_iter: 1, eta: 2.5 }],
    ['hyperband', { type: 'hyperband', min_iter: 1, eta: 2.5, strict: true }],
  ] as const)('%s compares at every rung of an eta that is no whole number', (_, rule) => {
    // Rungs are epochs 1, 2 (2.5) and 6 (6.25).
    const lengths = Array.from({ length: 7 }, (_, i) => i + 1);
    const others = Array.from({ length: 9 }, (_, i) => trial(i, Array<number>(7).fill(0.5 + i / 20)));
    const pruner = createPruner(rule, 'maximize');
    const comparedAt = lengths.filter((epochs) => {
      // As good as the best up to the epoch before.
      const own = trial(9, [...Array<number>(epochs - 1).fill(1), 0], 'running');
      return pruner.shouldPrune(own, [...others, own]);
    });
    expect(comparedAt).toEqual([1, 2, 6]);
  });

  test.each([
    ['the best value so far against the median of means', [0.5, 0.2], false],
    ['worse than it', [0.44, 0.1], true],
    ['before min_iter', [0], false],
  ])('median: %s', (_, curve, expected) => {
    // Means up to epoch 2: 0.3, 0.45, 0.6; up to epoch 1 they do not matter.
    const others = [trial(0, [0.2, 0.4, 1]), trial(1, [0.4, 0.5, 1]), trial(2, [0.6, 0.6, 1])];
    const own = trial(3, curve, 'running');
    const pruner = createPruner({ type: 'median', min_iter: 2, min_trials: 3 }, 'maximize');
    expect(pruner.shouldPrune(own, [...others, own])).toBe(expected);
    expect(pruner.shouldPrune(own, [...others.slice(1), own])).toBe(false);
  });
});
