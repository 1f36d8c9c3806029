import { Random } from '@thaw/base';
import { generalisationGap, type Interval, type Predictions } from '@thaw/metrics';
import { drawPredictions, truthOf, type ClassLayout } from '@thaw/metrics/testing';
import { photographs, times } from './layouts.ts';
import { Tally } from './tally.ts';

/** Of validation minus test, and of test, where every photograph is of one of four classes. */
export function* gapRows(repetitions: number): Generator<string[]> {
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
