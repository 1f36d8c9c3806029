import { Random } from '@thaw/base';
import { clusterInterval, wilsonInterval } from '@thaw/metrics';
import { drawRight, groupSizes } from '@thaw/metrics/testing';
import { photographs, times, totalOf } from './layouts.ts';
import { Tally } from './tally.ts';

/** Of accuracies over classes that differ in rate, where every group is of one class. */
export function* strataRows(repetitions: number): Generator<string[]> {
  const layouts: [name: string, strata: number[][], rates: number[]][] = [
    ['TEST, classes alike', photographs, [0.6]],
    ['TEST, classes differ', photographs, [0.3, 0.7, 0.5, 0.8]],
    ['TEST, classes differ much', photographs, [0.1, 0.95, 0.4, 0.8]],
    ['2 classes of 5', [times(5, 30), times(5, 30)], [0.7, 0.98]],
    ['2 classes of 3 and 80', [times(3, 30), times(80, 20)], [0.3, 0.9]],
    ['2 classes of 40, nearly all right', [times(40, 10), times(40, 10)], [0.98]],
    ['5 classes of 20, unequal', many(5, 20, true), [0.9, 0.98, 0.8]],
    [
      '5 classes of 3 to 80, unequal',
      [3, 8, 15, 40, 80].map((count) => groupSizes(count, true)),
      [0.5, 0.98, 0.7, 0.9, 0.6],
    ],
    ['10 classes of 3', many(10, 3, false), [0.5, 0.9]],
    ['10 classes of 3, unequal', many(10, 3, true), [0.8, 0.95, 0.6]],
    ['10 classes of 12, unequal', many(10, 12, true), [0.8, 0.95, 0.6]],
  ];
  for (const [layout, strata, rates] of layouts) {
    for (const correlations of [[0], [0.05], [0.25], [0.8], [0.05, 0.4], [0.4, 0.05]]) {
      const tally = new Tally();
      const classes = strata.map((sizes, k) => ({
        sizes,
        accuracy: rates[k % rates.length]!,
        correlation: correlations[k % correlations.length]!,
      }));
      const images = totalOf(strata.flat());
      const truth = totalOf(classes.map(({ sizes, accuracy }) => totalOf(sizes) * accuracy)) / images;
      for (let r = 0; r < repetitions; r++) {
        const random = new Random('strata', layout, ...correlations, r);
        const groups = classes.flatMap((one, stratum) =>
          drawRight(random, one).map((sum, g) => ({ sum, size: one.sizes[g]!, squares: sum, stratum })),
        );
        tally.add('images', wilsonInterval(totalOf(groups.map(({ sum }) => sum)) / images, images), truth);
        tally.add('thaw', clusterInterval(groups), truth);
      }
      yield [layout, correlations.join(', '), ...tally.cells()];
    }
  }
}

function many(classes: number, groups: number, unequal: boolean): number[][] {
  return Array.from({ length: classes }, () => groupSizes(groups, unequal));
}
