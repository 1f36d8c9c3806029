import { Random } from '@thaw/base';
import { describe, expect, it, test } from 'vitest';
import { evaluate, metricEstimates, type Predictions } from '../src/index.ts';
import { drawPredictions, truthOf, type ClassLayout } from './clustered-images.ts';

const groupsOf = (count: number, size: number) => new Array<number>(count).fill(size);

const layout: ClassLayout = {
  classes: [
    { sizes: groupsOf(24, 8), accuracy: 0.6, correlation: 0.4 },
    { sizes: groupsOf(12, 12), accuracy: 0.9, correlation: 0.4 },
    { sizes: groupsOf(30, 6), accuracy: 0.75, correlation: 0.4 },
  ],
};

/** What each metric comes to in the long run, of rows that give 0.7 to the predicted class and share the rest. */
function truthOfMetrics() {
  const { recall, f1 } = truthOf(layout);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const many = {
    classes: layout.classes.map((one) => ({
      ...one,
      correlation: 0,
      sizes: one.sizes.flatMap((size) => new Array<number>(60).fill(size)),
    })),
  };
  const { labels, probabilities } = drawPredictions(new Random('truth'), many, 'truth');
  return { ...evaluate(labels, probabilities), balanced_accuracy: mean(recall), macro_f1: mean(f1) };
}

const intervalsOf = (predictions: Predictions) =>
  Object.fromEntries(metricEstimates(predictions).map(({ metric, ci95 }) => [metric, ci95]));

describe('intervals of metrics', () => {
  const repetitions = 200;

  it('hold the truth about 95 % of the time where images share groups, and those by images do not', () => {
    const truth = truthOfMetrics();
    const names = ['loss', 'balanced_accuracy', 'macro_f1', 'auc', 'calibration_error'] as const;
    const held = names.map(() => ({ byGroup: 0, byImage: 0 }));
    for (let r = 0; r < repetitions; r++) {
      const predictions = drawPredictions(new Random('coverage', r), layout, 'coverage');
      const byGroup = intervalsOf(predictions);
      const byImage = intervalsOf({ ...predictions, groups: null });
      for (const [i, name] of names.entries()) {
        const holds = (interval: readonly [number, number] | null | undefined) =>
          Number(interval![0] <= truth[name] && truth[name] <= interval![1]);
        held[i]!.byGroup += holds(byGroup[name]);
        held[i]!.byImage += holds(byImage[name]);
      }
    }
    for (const [i, { byGroup, byImage }] of held.entries()) {
      // A calibration error near 0 looks larger than it is, whatever the images: bins take chance for error.
      expect(byGroup / repetitions, names[i]).toBeGreaterThan(names[i] === 'calibration_error' ? 0.75 : 0.89);
      expect(byGroup / repetitions, names[i]).toBeLessThan(0.995);
      expect(byImage / repetitions, names[i]).toBeLessThan(0.85);
    }
  });

  it('are as wide as the jackknife says, which leaves out an image at a time', () => {
    const { labels, probabilities } = drawPredictions(new Random('influence'), layout, 'influence');
    const random = new Random('rows');
    const rows = probabilities.map((row) => {
      const noisy = Array.from(row, (value) => value * (0.5 + random.uniform()));
      const total = noisy.reduce((sum, value) => sum + value, 0);
      return noisy.map((value) => value / total);
    });
    const without = rows.map((_, leave) => {
      const rest = [...rows.keys()].filter((i) => i !== leave);
      const [ofRest, rowsOfRest] = [rest.map((i) => labels[i]!), rest.map((i) => rows[i]!)];
      return evaluate(ofRest, rowsOfRest);
    });
    const byImage = metricEstimates({ labels, probabilities: rows, groups: null });
    for (const { metric, value, ci95 } of byImage.filter((one) => one.metric !== 'calibration_error')) {
      const values = without.map((figures) => figures[metric]);
      const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
      const variance = values.reduce((sum, one) => sum + (one - mean) ** 2, 0);
      const [low, high] = ci95!.map((end) => (metric === 'loss' ? Math.log(end) : Math.log(end / (1 - end))));
      const slope = metric === 'loss' ? value! : value! * (1 - value!);
      expect((slope * (high! - low!)) / (2 * 1.96) / Math.sqrt(variance), metric).toBeCloseTo(1, 1);
    }
  });

  const sure = (predicted: readonly number[], classes: number) =>
    predicted.map((k) => Array.from({ length: classes }, (_, i) => (i === k ? 0.7 : 0.3 / (classes - 1))));

  test('are null where an image is all there is, and where a metric is no number', () => {
    const [, , , auc] = metricEstimates({
      labels: [0, 0, 1],
      probabilities: sure([0, 1, 1], 3),
      groups: null,
    });
    expect(auc).toEqual({ metric: 'auc', value: null, ci95: null });
    for (const { value, ci95 } of metricEstimates({
      labels: [0, 1, 1],
      probabilities: sure([0, 1, 0], 2),
      groups: ['a', 'a', 'a'],
    })) {
      expect(value).not.toBeNull();
      expect(ci95).toBeNull();
    }
  });

  test('reach inwards from 1 where all is right, the further the fewer the groups', () => {
    const all = (groups: readonly string[]) =>
      intervalsOf({ labels: [0, 0, 1, 1, 1, 1], probabilities: sure([0, 0, 1, 1, 1, 1], 2), groups })[
        'balanced_accuracy'
      ]!;
    const [few, many] = [all(['a', 'a', 'b', 'b', 'c', 'c']), all(['a', 'b', 'c', 'd', 'e', 'f'])];
    expect(few[1]).toBe(1);
    expect(many[1]).toBe(1);
    expect(few[0]).toBeLessThan(many[0]);
    expect(many[0]).toBeLessThan(0.7);
  });
});
