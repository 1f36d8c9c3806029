import { Random } from '@thaw/base';
import type { PredictionRow } from '@thaw/experiment';
import {
  accuracyInterval,
  asPredictions,
  choose,
  domainShift,
  generalisationGap,
  pairedComparisons,
} from '@thaw/metrics';
import { explain } from '../../src/gap/explain.ts';
import { measureShares } from '../../src/gap/measure-shares.ts';
import { measureTestLeakage } from '../../src/gap/measure-test-leakage.ts';
import type { MeasuredLeakage } from '../../src/gap/measure-leakage.ts';

const classes = ['cat', 'dog', 'owl'];
const copies = 3;
const width = 8;
/** How often an image is right that has a twin in training. */
const remembered = 0.98;

/** A world that a model meets, where what makes its gap is known. */
export interface Made {
  /** How often an image of each class is right that the model never met, in validation and in test. */
  readonly recall: readonly (readonly number[])[];
  /** Photographs of each class. */
  readonly validation: readonly number[];
  readonly test: readonly number[];
  /** The share of photographs with a twin in training. */
  readonly twins: readonly [validation: number, test: number];
  /** How far the features of test images lie from those of validation images of the same class. */
  readonly shift: number;
}

const even = { recall: [[0.8, 0.7, 0.6]], validation: [40, 40, 40], test: [40, 40, 40] };
/** Enough to leave some without a twin. */
const many = { ...even, validation: [60, 60, 60], test: [60, 60, 60] };
const alone = { twins: [0, 0], shift: 0 } as const;
const steep = [[0.95, 0.7, 0.3]];
const fallen = [
  [0.9, 0.85, 0.8],
  [0.65, 0.6, 0.5],
];

interface Row extends PredictionRow {
  readonly isTwin: boolean;
  readonly features: number[];
}

function drawSide(random: Random, made: Made, side: 0 | 1): Row[] {
  const recall = made.recall[side] ?? made.recall[0]!;
  return [made.validation, made.test][side]!.flatMap((photographs, label) =>
    Array.from({ length: photographs }, (_, p) => {
      const isTwin = p < made.twins[side] * photographs;
      const place = Array.from(
        { length: width },
        (_, j) => random.normal() + (j === label ? 3 : 0) + side * made.shift,
      );
      return Array.from({ length: copies }, (_, i) => {
        const isRight = random.uniform() < (isTwin ? remembered : recall[label]!);
        const predicted = isRight ? label : (label + 1 + random.int(2)) % 3;
        return {
          file: `${side} ${classes[label]} ${p} ${i}`,
          label: classes[label]!,
          predicted: classes[predicted]!,
          probabilities: classes.map((_, k) => (k === predicted ? 0.8 : 0.1)),
          isTwin,
          features: place.map((value) => value + 0.1 * random.normal()),
        };
      });
    }).flat(),
  );
}

const groupOf = (file: string) => file.slice(0, file.lastIndexOf(' '));

/** What gap makes of the world, with real measures of everything but the second training, which is drawn from the same world. */
export function measured(name: string, made: Made) {
  const random = new Random('made sets', name);
  const [validation, test] = [drawSide(random, made, 0), drawSide(random, made, 1)];
  const of = (rows: readonly PredictionRow[]) => asPredictions(rows, classes, groupOf);
  const gap = generalisationGap(of(validation), of(test), classes);
  const testTwins = new Set(test.filter(({ isTwin }) => isTwin).map(({ file }) => file));
  const tested = measureTestLeakage(test, of(test), { testTwins, missing: null, unit: 'photograph' });
  const isClean = (i: number) => tested.files?.has(test[i]!.file) ?? true;
  const twins = validation.filter(({ isTwin }) => isTwin).length;
  const unlike = { ...made, twins: [0, made.twins[1]] } as const;
  const again = {
    validation: drawSide(random, unlike, 0),
    test: drawSide(random, unlike, 1).filter((_, i) => isClean(i)),
  };
  const sets = twins === 0 ? null : { validation: of(again.validation), test: of(again.test) };
  const clean = tested.files ? choose(of(test), isClean) : { missing: tested.missing! };
  const leakage: MeasuredLeakage = {
    figures: {
      validation_images_with_a_twin_in_training: twins,
      fraction: twins / validation.length,
      origin: 'named',
      groups: 400,
      crossings: [],
      scene_crossings: [],
      ...tested.figures,
      retrained: twins === 0 ? null : [{ split_seed: 1, val_accuracy: 0, test_accuracy: 0, gap: 0 }],
    },
    honest: null,
    sets,
    testLeakage: tested.evidence,
    missing: null,
  };
  const honest = () => {
    const [lost] = pairedComparisons([
      { id: 'run', predictions: choose(of(test), isClean) },
      { id: 'again', predictions: sets!.test },
    ]);
    const testLost = { value: lost!.difference, ci95: lost!.ci95 };
    return { validation: accuracyInterval(sets!.validation), test: accuracyInterval(sets!.test), testLost };
  };
  const featuresOf = (rows: readonly Row[]) => ({
    features: rows.map(({ features }) => features),
    labels: rows.map(({ label }) => classes.indexOf(label)),
    groups: rows.map(({ file }) => groupOf(file)),
  });
  const { auc, ci95, perClass } = domainShift(
    featuresOf(validation),
    featuresOf(test.filter((_, i) => isClean(i))),
    { random },
  );
  const per_class = perClass.map(({ class: index, validationGroups, testGroups, ...distance }) => ({
    class: classes[index]!,
    ...distance,
    validation_groups: validationGroups,
    test_groups: testGroups,
  }));
  const explained = explain({
    gap,
    tested,
    leakage: sets ? { ...leakage, honest: honest() } : leakage,
    selection: { figures: null, missing: null },
    shares: measureShares(sets?.validation ?? of(validation), sets?.test ?? clean, classes),
    shift: { figures: { auc, ci95, per_class }, missing: null },
    grouped: true,
    unit: 'photograph',
  });
  const part = (of: string) => explained.parts.find((each) => each.part === of)?.value ?? null;
  return { ...explained, part, gap: gap.overall, text: explained.sentences.join('\n') };
}

/** Mean of recalls, each times its share of the photographs. */
function accuracy(recall: readonly number[], photographs: readonly number[]): number {
  const all = photographs.reduce((sum, count) => sum + count, 0);
  return recall.reduce((sum, each, label) => sum + (each * photographs[label]!) / all, 0);
}
const base = accuracy(even.recall[0]!, even.test);

/** Each cause alone, none, and two at once; `truth` is what the parts are in the long run, the others are 0. */
export const worlds = {
  nothing: { made: { ...even, ...alone }, cause: null, truth: {} },
  'leakage into validation': {
    made: { ...even, ...alone, twins: [0.9, 0] },
    cause: 'leakage',
    truth: { leakage: 0.9 * (remembered - base) },
  },
  'leakage into test': {
    made: { ...many, ...alone, twins: [0, 0.6] },
    cause: 'test_leakage',
    truth: { test_leakage: -0.6 * (remembered - base) },
  },
  'different class shares': {
    made: { ...even, ...alone, recall: steep, validation: [80, 20, 20], test: [20, 20, 80] },
    cause: 'shares',
    truth: { shares: accuracy(steep[0]!, [80, 20, 20]) - accuracy(steep[0]!, [20, 20, 80]) },
  },
  shift: {
    made: { ...even, ...alone, recall: fallen, shift: 1.5 },
    cause: 'shift',
    truth: { shift: accuracy(fallen[0]!, even.test) - accuracy(fallen[1]!, even.test) },
  },
  'leakage into both': {
    made: { ...many, ...alone, twins: [0.95, 0.5] },
    cause: 'leakage',
    truth: { leakage: 0.95 * (remembered - base), test_leakage: -0.5 * (remembered - base) },
  },
  'shares and shift': {
    made: { ...alone, recall: fallen, validation: [80, 20, 20], test: [20, 20, 80], shift: 1.5 },
    cause: 'shift',
    truth: {
      shares: accuracy(fallen[1]!, [80, 20, 20]) - accuracy(fallen[1]!, [20, 20, 80]),
      shift: accuracy(fallen[0]!, [80, 20, 20]) - accuracy(fallen[1]!, [80, 20, 20]),
    },
  },
} as const satisfies Record<
  string,
  { made: Made; cause: string | null; truth: Readonly<Record<string, number>> }
>;

/** Nearly every test image is a copy. */
export const allCopies: Made = { ...many, ...alone, twins: [0, 0.95] };
