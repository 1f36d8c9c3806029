import { Random } from '@thaw/base';
import { describe, expect, it } from 'vitest';
import { clusterInterval, generalisationGap, wilsonInterval } from '../src/index.ts';
import { drawPredictions, drawRight, groupSizes, truthOf, type ClassLayout } from './clustered-images.ts';

/** In 400 repetitions of 95 % the deviation is 1.1 %: four of them below, three above. */
const repetitions = 400;
const [lowest, highest] = [0.905, 0.985];

const many = (count: number, size: number) => new Array<number>(count).fill(size);

describe('95 % intervals hold the truth about 95 % of the time, where those by images fail', () => {
  it.each<[string, number[], number, number]>([
    ['6 equal groups', groupSizes(6, false), 0.5, 0.2],
    ['13 equal groups', groupSizes(13, false), 0.8, 0.2],
    ['48 unequal groups', groupSizes(48, true), 0.7, 0.3],
    ['70 groups, nearly all right', groupSizes(70, true), 0.95, 0.05],
  ])('accuracy of %s', (name, sizes, accuracy, correlation) => {
    let [byGroup, byImage] = [0, 0];
    const images = sizes.reduce((sum, size) => sum + size, 0);
    for (let r = 0; r < repetitions; r++) {
      const right = drawRight(new Random(name, r), { sizes, accuracy, correlation });
      const holds = (interval: readonly [number, number] | null) =>
        Number(interval![0] <= accuracy && accuracy <= interval![1]);
      byGroup += holds(
        clusterInterval(sizes.map((size, g) => ({ sum: right[g]!, size, squares: right[g]!, stratum: 0 }))),
      );
      byImage += holds(wilsonInterval(right.reduce((sum, value) => sum + value, 0) / images, images));
    }
    expect(byGroup / repetitions).toBeGreaterThan(lowest);
    expect(byGroup / repetitions).toBeLessThan(highest);
    expect(byImage / repetitions).toBeLessThan(0.8);
  });

  it.each<[string, number[][], number[], number]>([
    [
      'like the blood cells',
      [many(13, 12), many(6, 26), many(4, 39), many(48, 3)],
      [0.3, 0.7, 0.5, 0.8],
      0.25,
    ],
    ['ten of three groups', Array.from({ length: 10 }, () => many(3, 20)), [0.5, 0.9], 0.6],
    ['two of five unequal groups', [groupSizes(5, true), groupSizes(5, true)], [0.6, 0.95], 0.2],
  ])('accuracy over classes, %s', (name, strata, rates, correlation) => {
    let [byGroup, byImage] = [0, 0];
    const reps = 200;
    const images = strata.flat().reduce((sum, size) => sum + size, 0);
    const classes = strata.map((sizes, k) => ({ sizes, accuracy: rates[k % rates.length]!, correlation }));
    const { accuracy } = truthOf({ classes });
    for (let r = 0; r < reps; r++) {
      const random = new Random(name, r);
      const groups = classes.flatMap((one, stratum) =>
        drawRight(random, one).map((sum, g) => ({ sum, size: one.sizes[g]!, squares: sum, stratum })),
      );
      const holds = (interval: readonly [number, number] | null) =>
        Number(interval![0] <= accuracy && accuracy <= interval![1]);
      byGroup += holds(clusterInterval(groups));
      byImage += holds(wilsonInterval(groups.reduce((sum, group) => sum + group.sum, 0) / images, images));
    }
    expect(byGroup / reps).toBeGreaterThan(lowest);
    expect(byGroup / reps).toBeLessThan(highest);
    expect(byImage / reps).toBeLessThan(0.8);
  });

  it('the gap overall, of recall and of F1, where classes differ in accuracy and in photographs', () => {
    const layout = (groups: readonly [number, number][], accuracies: readonly number[]): ClassLayout => ({
      classes: groups.map(([count, size], k) => ({
        sizes: many(count, size),
        accuracy: accuracies[k]!,
        correlation: 0.25,
      })),
    });
    const validation = layout(
      [
        [20, 8],
        [10, 16],
        [30, 5],
      ],
      [0.9, 0.7, 0.8],
    );
    const test = layout(
      [
        [8, 20],
        [13, 12],
        [30, 5],
      ],
      [0.4, 0.7, 0.6],
    );
    const [ofValidation, ofTest] = [truthOf(validation), truthOf(test)];
    const held = { overall: 0, recall: 0, f1: 0 };
    const reps = 200;
    for (let r = 0; r < reps; r++) {
      const random = new Random('coverage of the gap', r);
      const { overall, per_class } = generalisationGap(
        drawPredictions(random, validation, 'v'),
        drawPredictions(random, test, 't'),
        ['a', 'b', 'c'],
      );
      const holds = (interval: readonly [number, number] | null, truth: number) =>
        Number(interval![0] <= truth && truth <= interval![1]);
      held.overall += holds(overall.gap.ci95, ofValidation.accuracy - ofTest.accuracy) / reps;
      for (const [k, { gap }] of per_class.entries()) {
        held.recall += holds(gap.ci95, ofValidation.recall[k]! - ofTest.recall[k]!) / (3 * reps);
        held.f1 += holds(gap.f1_ci95, ofValidation.f1[k]! - ofTest.f1[k]!) / (3 * reps);
      }
    }
    for (const share of Object.values(held)) {
      expect(share).toBeGreaterThan(0.9);
      expect(share).toBeLessThan(0.995);
    }
  });
});
