import { Random } from '@thaw/base';
import { clusterInterval, wilsonInterval, type Interval } from '@thaw/metrics';
import { drawRight, groupSizes } from '@thaw/metrics/testing';
import { photographs, totalOf } from './layouts.ts';
import { Tally } from './tally.ts';

/** Of accuracies or recalls whose groups are of one population. */
export function* accuracyRows(repetitions: number): Generator<string[]> {
  const layouts: [string, number[]][] = [
    ...photographs.map((sizes): [string, number[]] => [`${sizes.length} of a class of TEST`, sizes]),
    ['71 as in TEST', photographs.flat()],
    ['3 equal', groupSizes(3, false)],
    ...[4, 6, 13, 48, 70].map((count): [string, number[]] => [`${count}, unequal`, groupSizes(count, true)]),
  ];
  for (const [layout, sizes] of layouts) {
    for (const accuracy of [0.5, 0.8, 0.95]) {
      for (const correlation of [0, 0.05, 0.2, 0.5]) {
        const tally = new Tally();
        for (let r = 0; r < repetitions; r++) {
          const random = new Random('accuracy', layout, accuracy, correlation, r);
          const right = drawRight(random, { sizes, accuracy, correlation });
          const images = totalOf(sizes);
          tally.add('images', wilsonInterval(totalOf(right) / images, images), accuracy);
          tally.add('bootstrap', percentileBootstrap(random, right, sizes), accuracy);
          const groups = sizes.map((size, g) => ({ sum: right[g]!, size, squares: right[g]!, stratum: 0 }));
          tally.add('thaw', clusterInterval(groups), accuracy);
        }
        yield [layout, String(accuracy), String(correlation), ...tally.cells()];
      }
    }
  }
}

/** The percentile bootstrap of groups: what is usually done. */
function percentileBootstrap(random: Random, right: readonly number[], sizes: readonly number[]): Interval {
  const draws = Array.from({ length: 500 }, () => {
    let [sum, images] = [0, 0];
    for (const g of sizes.map(() => random.int(sizes.length))) {
      sum += right[g]!;
      images += sizes[g]!;
    }
    return sum / images;
  }).sort((a, b) => a - b);
  return [draws[12]!, draws[487]!];
}
