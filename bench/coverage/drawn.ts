import { Random } from '@thaw/base';
import { accuracyInterval, difference, type Predictions } from '@thaw/metrics';
import { drawRate, groupSizes } from '@thaw/metrics/testing';
import { times } from './layouts.ts';
import { Tally } from './tally.ts';

const ways = ['so many of each class', 'whatever their class'] as const;
/** How often images of each class are right: of four, and of two that differ much. */
const setups = [
  { validation: [0.55, 0.65, 0.7, 0.9], test: [0.4, 0.55, 0.6, 0.75] },
  { validation: [0.2, 0.9], test: [0.15, 0.75] },
];
const correlation = 0.25;
const testGroups = 71;

interface Drawn {
  readonly predictions: Predictions;
  /** The accuracy on all groups that there are, with the classes' shares of these where somebody has seen to them. */
  readonly truth: number;
}

/** Groups of one class each, with copies; classes alike in number where they are drawn so, or as they come. */
function draw(
  random: Random,
  { way, sizes, of }: { way: (typeof ways)[number]; sizes: readonly number[]; of: readonly number[] },
): Drawn {
  const inTurn = random.shuffle([...sizes]);
  const classOf = inTurn.map((_, g) => (way === ways[0] ? g % of.length : random.int(of.length)));
  const images = inTurn.reduce((sum, size) => sum + size, 0);
  const labels: number[] = [];
  const groups: string[] = [];
  const probabilities: number[][] = [];
  let known = 0;
  for (const [g, size] of inTurn.entries()) {
    const label = classOf[g]!;
    const rate = drawRate(random, of[label]!, correlation);
    known += (size / images) * of[label]!;
    for (let i = 0; i < size; i++) {
      const predicted = random.uniform() < rate ? label : (label + 1 + random.int(of.length - 1)) % of.length;
      labels.push(label);
      groups.push(`group ${g}`);
      probabilities.push(of.map((_, c) => (c === predicted ? 0.7 : 0.1)));
    }
  }
  const alike = of.reduce((sum, rate) => sum + rate, 0) / of.length;
  return { predictions: { labels, groups, probabilities }, truth: way === ways[0] ? known : alike };
}

interface Row {
  readonly rates: (typeof setups)[number];
  readonly way: (typeof ways)[number];
  readonly count: number;
  readonly unequal: boolean;
}

/** Of accuracy, and of validation minus test with 71 groups in test, by how groups of four and of two classes were drawn. */
export function* drawnRows(repetitions: number): Generator<string[]> {
  for (const rates of setups)
    for (const way of ways)
      for (const count of [13, 30, 71, 277])
        for (const unequal of [false, true]) yield rowOf({ rates, way, count, unequal }, repetitions);
}

function rowOf({ rates, way, count, unequal }: Row, repetitions: number): string[] {
  const classes = rates.test.length;
  const sizesOf = (groups: number) => (unequal ? groupSizes(groups, true) : times(groups, 8));
  const [accuracy, gap] = [new Tally(), new Tally()];
  for (let r = 0; r < repetitions; r++) {
    const random = new Random('drawn', classes, way, count, Number(unequal), r);
    const validation = draw(random, { way, sizes: sizesOf(count), of: rates.validation });
    const test = draw(random, { way, sizes: sizesOf(testGroups), of: rates.test });
    const sides = [validation, test].map(({ predictions }) => ({
      images: accuracyInterval({ ...predictions, groups: null }),
      groups: accuracyInterval(predictions),
    }));
    for (const by of ['images', 'groups'] as const) {
      accuracy.add(by, sides[0]![by].ci95, validation.truth);
      gap.add(by, difference(sides[0]![by], sides[1]![by]).ci95, validation.truth - test.truth);
    }
  }
  const sizes = unequal ? 'unequal' : 'equal';
  return [String(classes), way, String(count), sizes, ...accuracy.cells(), ...gap.cells()];
}
