import { Random } from '@thaw/base';
import { pairedComparisons } from '@thaw/metrics';
import { drawRate, groupSizes } from '@thaw/metrics/testing';
import { Tally } from './tally.ts';

/** Of differences between two runs on the same images that do not differ. */
export function* runRows(repetitions: number): Generator<string[]> {
  for (const count of [6, 13, 48]) {
    for (const accuracy of [0.6, 0.9]) {
      const [tally, sizes] = [new Tally(), groupSizes(count, true)];
      let [byGroup, byImage] = [0, 0];
      for (let r = 0; r < repetitions; r++) {
        const random = new Random('test', count, accuracy, r);
        const names = sizes.flatMap((size, g) => new Array<string>(size).fill(`${g}`));
        const runs = ['a', 'b'].map((id) => {
          const right = sizes.flatMap((size) => {
            const rate = drawRate(random, accuracy, 0.3);
            return Array.from({ length: size }, () => random.uniform() < rate);
          });
          const probabilities = right.map((one) => (one ? [1, 0] : [0, 1]));
          return { id, predictions: { labels: right.map(() => 0), probabilities, groups: names } };
        });
        const [grouped] = pairedComparisons(runs);
        const [alone] = pairedComparisons(
          runs.map(({ id, predictions }) => ({ id, predictions: { ...predictions, groups: null } })),
        );
        byGroup += Number(grouped!.p <= 0.05);
        byImage += Number(alone!.p <= 0.05);
        tally.add('images', alone!.ci95, 0);
        tally.add('thaw', grouped!.ci95, 0);
      }
      const percent = (found: number) => ((100 * found) / repetitions).toFixed(1);
      yield [String(count), String(accuracy), percent(byImage), percent(byGroup), ...tally.cells()];
    }
  }
}
