import { Random } from '@thaw/base';
import {
  clusterInterval,
  compareRuns,
  generalisationGap,
  wilsonInterval,
  type Interval,
  type Predictions,
} from '@thaw/metrics';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import {
  drawPredictions,
  drawRate,
  drawRight,
  groupSizes,
  truthOf,
  type ClassLayout,
} from '@thaw/metrics/testing';

/**
 * How often 95 % intervals hold the truth, and tests find a difference that is not there, on images in groups. Names of
 * parts as arguments (accuracy, gap, runs) run these alone.
 */
const { repetitions, _: asked } = await yargs(hideBin(process.argv))
  .scriptName('npx tsx bench/coverage.ts')
  .option('repetitions', { type: 'number', default: 1000, describe: 'Simulated sets of images a row' })
  .strict()
  .parse();

const times = (count: number, size: number) => new Array<number>(count).fill(size);
/** The TEST part of the blood cells: photographs and images of each class. */
const photographs = [times(13, 48), times(6, 103), times(4, 155), times(48, 13)];

/** Coverage in per cent and mean width of several kinds of intervals. */
class Tally {
  readonly #kinds = new Map<string, { held: number; width: number; count: number }>();

  add(kind: string, interval: Interval | null, truth: number): void {
    if (!interval) return;
    const one = this.#kinds.get(kind) ?? { held: 0, width: 0, count: 0 };
    one.held += Number(interval[0] <= truth && truth <= interval[1]);
    one.width += interval[1] - interval[0];
    one.count++;
    this.#kinds.set(kind, one);
  }

  cells(): string[] {
    return [...this.#kinds.values()].map(
      ({ held, width, count }) => `${((100 * held) / count).toFixed(1)} (${(width / count).toFixed(2)})`,
    );
  }
}

/** Each row is written as soon as it is there. */
function table(title: string, header: readonly string[], rows: Iterable<readonly string[]>): void {
  const write = (cells: readonly string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
  process.stdout.write(`\n${title}\n\n`);
  write(header);
  write(header.map(() => '---'));
  for (const row of rows) write(row);
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

const totalOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

const kinds = ['images (Wilson)', 'groups (percentile bootstrap)', 'groups (Thaw)'];

function* accuracyRows(): Generator<string[]> {
  const layouts: [string, number[]][] = [
    ...photographs.map((sizes): [string, number[]] => [`${sizes.length} of a class of TEST`, sizes]),
    ['71 as in TEST', photographs.flat()],
    ...[4, 6, 13, 48, 70].map((count): [string, number[]] => [`${count}, unequal`, groupSizes(count, true)]),
  ];
  for (const [layout, sizes] of layouts) {
    for (const accuracy of [0.5, 0.8, 0.95]) {
      for (const correlation of [0.05, 0.2, 0.5]) {
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

function* gapRows(): Generator<string[]> {
  const setups: [string, number[], number[]][] = [
    ['classes alike', times(4, 0.6), times(4, 0.6)],
    ['classes differ', [0.5, 0.9, 0.7, 0.9], [0.3, 0.7, 0.5, 0.8]],
    ['classes differ much', [0.3, 0.95, 0.9, 0.9], [0.1, 0.95, 0.4, 0.8]],
  ];
  const validationGroups = [times(40, 12), times(18, 27), times(6, 80), times(80, 6)];
  const layoutOf = (groups: readonly number[][], accuracies: readonly number[]): ClassLayout => ({
    classes: groups.map((sizes, k) => ({ sizes, accuracy: accuracies[k]!, correlation: 0.25 })),
  });
  for (const [name, ofValidation, ofTest] of setups) {
    const [validation, test] = [layoutOf(validationGroups, ofValidation), layoutOf(photographs, ofTest)];
    const truth = { validation: truthOf(validation), test: truthOf(test) };
    const tallies = new Map<string, Tally>();
    const add = (what: string, byImage: Interval | null, byGroup: Interval | null, value: number) => {
      const tally = tallies.get(what) ?? new Tally();
      tally.add('images', byImage, value);
      tally.add('thaw', byGroup, value);
      tallies.set(what, tally);
    };
    for (let r = 0; r < repetitions; r++) {
      const random = new Random('gap', name, r);
      const sides = [drawPredictions(random, validation, 'v'), drawPredictions(random, test, 't')] as const;
      const alone = sides.map((side): Predictions => ({ ...side, groups: null }));
      const classes = times(4, 0).map((_, k) => `class ${k}`);
      const byGroup = generalisationGap(...sides, classes);
      const byImage = generalisationGap(alone[0]!, alone[1]!, classes);
      add('test accuracy', byImage.overall.test.ci95, byGroup.overall.test.ci95, truth.test.accuracy);
      const gap = truth.validation.accuracy - truth.test.accuracy;
      add('gap', byImage.overall.gap.ci95, byGroup.overall.gap.ci95, gap);
      for (const k of [0, 2]) {
        const [image, group] = [byImage.per_class[k]!, byGroup.per_class[k]!];
        const photos = `${photographs[k]!.length} photographs`;
        const recall = truth.validation.recall[k]! - truth.test.recall[k]!;
        add(`gap of recall, ${photos}`, image.gap.ci95, group.gap.ci95, recall);
        const f1 = truth.validation.f1[k]! - truth.test.f1[k]!;
        add(`gap of F1, ${photos}`, image.gap.f1_ci95, group.gap.f1_ci95, f1);
      }
    }
    for (const [what, tally] of tallies) yield [name, what, ...tally.cells()];
  }
}

function* testRows(): Generator<string[]> {
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
        const [grouped] = compareRuns(runs);
        const [alone] = compareRuns(
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

const unit = `${repetitions} repetitions; coverage in %, mean width in brackets`;
const parts = {
  accuracy: () =>
    table(`Accuracy: ${unit}`, ['groups', 'accuracy', 'intra-class correlation', ...kinds], accuracyRows()),
  gap: () =>
    table(
      `Validation minus test, four classes, 71 photographs in test, correlation 0.25: ${unit}`,
      ['setup', 'of', 'images', 'groups (Thaw)'],
      gapRows(),
    ),
  runs: () =>
    table(
      `Two runs that are equally good, correlation 0.3: differences found at 5 %, then ${unit}`,
      [
        'groups',
        'accuracy',
        'found by images',
        'found by groups',
        'interval by images',
        'interval by groups',
      ],
      testRows(),
    ),
};
for (const [name, part] of Object.entries(parts)) if (asked.length === 0 || asked.includes(name)) part();
