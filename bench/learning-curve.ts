import { Random } from '@thaw/base';
import { learningCurve, type Predictions } from '@thaw/metrics';
import { drawRate } from '@thaw/metrics/testing';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { Tally, table } from './coverage/tally.ts';

/**
 * How often the learning curve's intervals hold what twice as many groups would bring, where the error follows a power law that is
 * known. Networks of a point and fold are luckier or unluckier than the law by a factor of their own (`luck`, its deviation).
 */
const { repetitions } = await yargs(hideBin(process.argv))
  .scriptName('npx tsx bench/learning-curve.ts')
  .option('repetitions', { type: 'number', default: 300, describe: 'Simulated curves a row' })
  .strict()
  .parse();

const [size, correlation] = [4, 0.25];
const shares = [1 / 8, 1 / 4, 1 / 2, 1];

interface Setup {
  readonly groups: number;
  readonly folds: number;
  readonly exponent: number;
  readonly luck: number;
}

function draw(random: Random, { groups, folds, exponent, luck }: Setup) {
  // Below a half everywhere, so that the law holds.
  const errorAt = (count: number) => 0.15 * (count / groups) ** -exponent;
  const foldOf = Array.from({ length: groups * size }, (_, i) => Math.floor(i / size) % folds);
  // How hard a group is for all networks: by this much of its images more, or fewer, are right.
  const hard = Array.from({ length: groups }, () => drawRate(random, 0.5, correlation));
  const learned = (groups * (folds - 1)) / folds;
  const points = shares.map((share) => {
    const factors = Array.from({ length: folds }, () => Math.exp(luck * random.normal()));
    const labels: number[] = [];
    const names: string[] = [];
    const probabilities: number[][] = [];
    for (let i = 0; i < groups * size; i++) {
      const group = Math.floor(i / size);
      const error = errorAt(share * learned) * factors[foldOf[i]!]!;
      const wrong = random.uniform() < Math.min(1, 2 * error * hard[group]!);
      labels.push(group % 2);
      names.push(`group ${group}`);
      probabilities.push(wrong === (group % 2 === 0) ? [0, 1] : [1, 0]);
    }
    const predictions: Predictions = { labels, groups: names, probabilities };
    return { groups: share * learned, predictions };
  });
  return { points, foldOf, truth: errorAt(groups) - errorAt(2 * groups) };
}

function* rows(): Generator<string[]> {
  for (const groups of [40, 100, 240]) {
    for (const folds of [3, 5]) {
      for (const [exponent, luck] of [
        [0, 0],
        [0.2, 0],
        [0.2, 0.1],
        [0.4, 0.1],
      ] as const) {
        const tally = new Tally();
        let bias = 0;
        for (let r = 0; r < repetitions; r++) {
          const random = new Random('learning curve', groups, folds, exponent, luck, r);
          const { points, foldOf, truth } = draw(random, { groups, folds, exponent, luck });
          const { gain } = learningCurve(points, { foldOf, size: groups, random });
          tally.add('gain', gain.ci95, truth);
          bias += (gain.value - truth) / repetitions;
        }
        const setup = [groups, folds, exponent, luck].map(String);
        yield [...setup, ...tally.cells(), `${bias < 0 ? '' : '+'}${(100 * bias).toFixed(1)}`];
      }
    }
  }
}

table(
  `What twice as many groups would bring: ${repetitions} repetitions; coverage of 95 % intervals in %, mean width in brackets; error in points`,
  ['groups', 'folds', 'exponent', 'luck', 'gain', 'error'],
  rows(),
);
