import { Random } from '@thaw/base';
import { expect, it } from 'vitest';
import {
  clustersOf,
  crossEntropy,
  evaluate,
  forecast,
  selectionOptimism,
  type Predictions,
} from '../src/index.ts';
import { groupMetrics, groupScores } from '../src/selection/group-scores.ts';

/** Images of a group, its class, and what each was taken for. */
function predictionsOf(...groups: readonly [name: string, label: number, predicted: readonly number[]][]) {
  const all = groups.flatMap(([group, label, predicted]) =>
    predicted.map((each) => ({ group, label, each })),
  );
  return {
    labels: all.map(({ label }) => label),
    groups: all.map(({ group }) => group),
    probabilities: all.map(({ each }) => (each === 0 ? [0.75, 0.25] : [0.25, 0.75])),
  };
}

const trial = predictionsOf(['A', 0, [0, 0]], ['B', 1, [1, 0]], ['C', 1, [0, 0]]);

it.each([
  // Four images of class 0, all right, and two of class 1, of which one is; five were taken for class 0.
  [[2, 1, 0], { accuracy: 5, balanced_accuracy: (1 + 1 / 2) / 2, macro_f1: (8 / 9 + 2 / 3) / 2 }],
  // None of class 0, which has no recall, but three that were taken for it.
  [[0, 1, 1], { accuracy: 1, balanced_accuracy: 1 / 4, macro_f1: (0 + 2 / 5) / 2 }],
])('groups that count %j times give what was worked out by hand', (weights, expected) => {
  for (const by of ['accuracy', 'balanced_accuracy', 'macro_f1'] as const) {
    const [score] = groupScores([trial], clustersOf(trial), by);
    expect(score!(Float64Array.from(weights))).toBeCloseTo(expected[by], 12);
  }
});

it('all groups once are the metric itself, but for what does not depend on the trial', () => {
  const { labels, probabilities } = trial;
  const whole = evaluate(labels, probabilities);
  const expected = { ...whole, accuracy: 6 * whole.accuracy, loss: -6 * crossEntropy(labels, probabilities) };
  for (const by of groupMetrics) {
    const [score] = groupScores([trial], clustersOf(trial), by);
    expect(score!(new Float64Array(3).fill(1))).toBeCloseTo(expected[by], 12);
  }
});

it('a choice is made, and corrected, by the metric that the sweep has', () => {
  const random = new Random('groups');
  const groups = Array.from({ length: 40 }, (_, i) => ({ name: `g${i}`, label: Number(i % 5 === 0) }));
  const trialOf = (rightOf: (label: number) => number): Predictions =>
    predictionsOf(
      ...groups.map(({ name, label }): [string, number, number[]] => [
        name,
        label,
        Array.from({ length: 4 }, () => (random.uniform() < rightOf(label) ? label : 1 - label)),
      ]),
    );
  // The first says hardly anything but the frequent class; the other knows both.
  const trials = [trialOf((label) => (label === 0 ? 0.97 : 0.1)), trialOf(() => 0.72)];
  const bests = groupMetrics.map((by) => {
    const { best, accuracy } = forecast(trials, { classes: 2, by, random: new Random('choice') });
    const { optimism, apparent } = selectionOptimism(trials, { by, random: new Random('choice') });
    expect(accuracy!.value).toBeCloseTo(apparent.value - optimism, 12);
    return [by, best];
  });
  expect(Object.fromEntries(bests)).toMatchObject({ accuracy: 0, balanced_accuracy: 1, macro_f1: 1 });
});
