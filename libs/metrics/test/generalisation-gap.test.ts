import { describe, expect, it, test } from 'vitest';
import { confidentMistakes, generalisationGap, wilsonInterval, type Predictions } from '../src/index.ts';

/** Each image as [group, label, predicted], the predicted class given 0.8. */
function predictionsOf(images: readonly (readonly [string, number, number])[], classes = 2): Predictions {
  return {
    labels: images.map(([, label]) => label),
    probabilities: images.map(([, , predicted]) =>
      Array.from({ length: classes }, (_, k) => (k === predicted ? 0.8 : 0.2 / (classes - 1))),
    ),
    groups: images.map(([group]) => group),
  };
}

const validation = predictionsOf([
  ['a', 0, 0],
  ['a', 0, 0],
  ['b', 0, 1],
  ['c', 1, 1],
  ['c', 1, 1],
  ['d', 1, 1],
]);
const unseen = predictionsOf([
  ['e', 0, 1],
  ['e', 0, 0],
  ['f', 0, 1],
  ['g', 1, 1],
  ['h', 1, 0],
]);

describe('the gap between validation and test', () => {
  const gap = generalisationGap(validation, unseen, ['x', 'y']);

  it('has both accuracies with how many images and groups they stand on', () => {
    expect(gap.overall.validation).toMatchObject({ accuracy: 5 / 6, images: 6, groups: 4 });
    expect(gap.overall.test).toMatchObject({ accuracy: 2 / 5, images: 5, groups: 4 });
    expect(gap.overall.gap.value).toBeCloseTo(5 / 6 - 2 / 5, 12);
  });

  it('has scores of each class, and their differences', () => {
    const [x] = gap.per_class;
    expect(x!.validation).toMatchObject({ precision: 1, recall: 2 / 3, f1: 0.8, support: 3, groups: 2 });
    expect(x!.test).toMatchObject({ precision: 1 / 2, recall: 1 / 3, f1: 0.4, support: 3, groups: 2 });
    expect(x!.gap.recall).toBeCloseTo(1 / 3, 12);
    expect(x!.gap.f1).toBeCloseTo(0.4, 12);
  });

  it('has confusion matrices with true classes as rows, and the difference of their rows as fractions', () => {
    expect(gap.confusion.validation).toEqual([
      [2, 1],
      [0, 3],
    ]);
    expect(gap.confusion.test).toEqual([
      [1, 2],
      [1, 1],
    ]);
    const [first, second] = gap.confusion.difference;
    expect(first![0]).toBeCloseTo(1 / 3, 12);
    expect(second).toEqual([-0.5, 0.5]);
  });

  it('holds every value inside its interval, and no interval leaves what is possible', () => {
    const { overall, per_class } = gap;
    const fractions: [number, readonly [number, number] | null][] = [
      [overall.validation.accuracy, overall.validation.ci95],
      [overall.test.accuracy, overall.test.ci95],
      ...per_class.flatMap(({ validation: one, test: other }) =>
        [one, other].flatMap((side): [number, readonly [number, number] | null][] => [
          [side.recall, side.recall_ci95],
          [side.f1, side.f1_ci95],
        ]),
      ),
    ];
    for (const [value, ci95] of fractions) {
      expect(ci95).not.toBeNull();
      expect(ci95![0]).toBeGreaterThanOrEqual(0);
      expect(ci95![0]).toBeLessThanOrEqual(value);
      expect(ci95![1]).toBeGreaterThanOrEqual(value);
      expect(ci95![1]).toBeLessThanOrEqual(1);
    }
  });
});

describe('what cannot be known is null', () => {
  it('the gaps of a class that one side does not have', () => {
    const oneClass = predictionsOf([
      ['e', 0, 0],
      ['f', 0, 1],
    ]);
    const gap = generalisationGap(validation, oneClass, ['x', 'y']);
    expect(gap.per_class[1]!.gap).toEqual({ recall: null, ci95: null, f1: null, f1_ci95: null });
    expect(gap.per_class[1]!.test).toMatchObject({ recall: 0, support: 0, groups: 0, recall_ci95: null });
    expect(gap.confusion.difference[1]).toBeNull();
    expect(gap.confusion.difference[0]).not.toBeNull();
  });

  it('the intervals of a side with one group, but not its values', () => {
    const oneGroup = predictionsOf([
      ['e', 0, 0],
      ['e', 1, 1],
      ['e', 1, 0],
    ]);
    const gap = generalisationGap(validation, oneGroup, ['x', 'y']);
    expect(gap.overall.test).toEqual({ accuracy: 2 / 3, ci95: null, images: 3, groups: 1 });
    expect(gap.overall.gap.ci95).toBeNull();
    expect(gap.overall.gap.value).toBeCloseTo(5 / 6 - 2 / 3, 12);
    expect(gap.overall.validation.ci95).not.toBeNull();
  });
});

it('where every image is its own group the interval is Wilson’s, said either way', () => {
  const alone = { ...validation, groups: null };
  const named = { ...validation, groups: ['1', '2', '3', '4', '5', '6'] };
  const expected = wilsonInterval(5 / 6, 6);
  expect(generalisationGap(alone, unseen, ['x', 'y']).overall.validation.ci95).toEqual(expected);
  expect(generalisationGap(named, unseen, ['x', 'y']).overall.validation.ci95).toEqual(expected);
});

test.each<[string, Predictions, RegExp]>([
  ['no images', { labels: [], probabilities: [], groups: null }, /at least one sample/],
  ['rows of another length', { labels: [0], probabilities: [[1]], groups: null }, /1 values for 2 classes/],
  ['a label outside', { labels: [2], probabilities: [[1, 0]], groups: null }, /labels\[0\] is 2/],
  ['groups of another length', { labels: [0], probabilities: [[1, 0]], groups: ['a', 'b'] }, /2 groups/],
])('%s: refused', (_, side, message) => {
  expect(() => generalisationGap(side, unseen, ['x', 'y'])).toThrow(message);
});

it('mistakes come the surest first, equal ones in the order of the images', () => {
  const predictions: Predictions = {
    labels: [0, 1, 1, 0, 0],
    probabilities: [
      [0.4, 0.6],
      [0.1, 0.9],
      [0.7, 0.3],
      [0.3, 0.7],
      [0.5, 0.5],
    ],
    groups: null,
  };
  expect(confidentMistakes(predictions)).toEqual([
    { index: 2, label: 1, predicted: 0, probability: 0.7 },
    { index: 3, label: 0, predicted: 1, probability: 0.7 },
    { index: 0, label: 0, predicted: 1, probability: 0.6 },
  ]);
  expect(confidentMistakes(predictions, 1)).toHaveLength(1);
});
