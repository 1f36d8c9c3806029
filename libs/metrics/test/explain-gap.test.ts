import { Random } from '@thaw/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accuracyInterval,
  pairedComparisons,
  explainGap,
  generalisationGap,
  selectionOptimism,
  type Estimate,
  type GapEvidence,
  type Interval,
  type Predictions,
} from '../src/index.ts';
import { drawPredictions } from './clustered-images.ts';

const classes = ['a', 'b', 'c'];
const none = { value: 0, ci95: [0, 0] as Interval };

/** What is known where no test image is a copy and the classes are as frequent on both sides; `test` is the test accuracy. */
const alike = (test: Estimate, honest = test) => ({
  testLeakage: { honest: test, effect: none },
  shares: { effect: none, testAtValidationShares: honest },
});
const testOf = ({ overall: { test } }: Pick<GapEvidence, 'overall'>): Estimate => ({
  value: test.accuracy,
  ci95: test.ci95,
});

/** Predictions for 3 classes of 24 photographs of 10 images, right with this chance. */
function draw(random: Random, accuracy: number, name: string): Predictions {
  const layout = { sizes: new Array<number>(24).fill(10), accuracy, correlation: 0.2 };
  return drawPredictions(random, { classes: [layout, layout, layout] }, name);
}

/** The gap of a run, its leakage measured by training again with these accuracies. */
function honestGap(random: Random, test: Predictions, validation: number, honestTest: number) {
  const again = draw(random, honestTest, 'test');
  const [lost] = pairedComparisons([
    { id: 'run', predictions: test },
    { id: 'again', predictions: again },
  ]);
  return {
    validation: accuracyInterval(draw(random, validation, 'other validation')),
    test: accuracyInterval(again),
    testLost: { value: lost!.difference, ci95: lost!.ci95 },
  };
}

const told = { value: 0.93, ci95: [0.85, 0.98] as Interval };
const guessed = { value: 0.51, ci95: [0.42, 0.6] as Interval };

/** How often each cause is named over simulated runs whose truth is known. */
function causes(name: string, evidenceOf: (random: Random) => GapEvidence, repetitions = 40) {
  const counts: Record<string, number> = {};
  for (let r = 0; r < repetitions; r++) {
    const evidence = evidenceOf(new Random(name, r));
    const { parts, cause } = explainGap(evidence);
    const sum = parts.reduce((total, part) => total + (part.value ?? 0), 0);
    expect(sum).toBeCloseTo(evidence.overall.gap.value, 12);
    counts[cause ?? 'none'] = (counts[cause ?? 'none'] ?? 0) + 1 / repetitions;
  }
  return counts;
}

describe('where one thing alone makes the gap, that one is named', () => {
  it('leakage', () => {
    const counts = causes('leakage', (random) => {
      const test = draw(random, 0.55, 'test');
      const validation = draw(random, 0.95, 'validation');
      const { overall } = generalisationGap(validation, test, classes);
      const honest = honestGap(random, test, 0.55, 0.55);
      const known = alike(testOf({ overall }), honest.test);
      return { overall, twins: 0.99, honest, selection: none, auc: guessed, ...known };
    });
    expect(counts['leakage']).toBeCloseTo(1, 9);
  });

  it('shift, with no twins and with some that do not matter', () => {
    for (const twins of [0, 0.02]) {
      const counts = causes(`shift ${twins}`, (random) => {
        const test = draw(random, 0.55, 'test');
        const { overall } = generalisationGap(draw(random, 0.85, 'validation'), test, classes);
        const honest = twins === 0 ? null : honestGap(random, test, 0.85, 0.55);
        const known = alike(testOf({ overall }), honest?.test);
        return { overall, twins, honest, selection: none, auc: told, ...known };
      });
      expect(counts['shift']).toBeCloseTo(1, 9);
    }
  });

  it('selection: the best of many alike on few photographs', () => {
    const counts = causes('selection', (random) => {
      const few = { sizes: new Array<number>(8).fill(5), accuracy: 0.6, correlation: 0.1 };
      const trials = Array.from({ length: 40 }, () =>
        drawPredictions(random, { classes: [few, few, few] }, 'validation'),
      );
      const { optimism, ci95, best } = selectionOptimism(trials, { by: 'accuracy', random });
      const { overall } = generalisationGap(trials[best]!, draw(random, 0.6, 'test'), classes);
      const selection = { value: optimism, ci95 };
      return { overall, twins: 0, honest: null, selection, auc: guessed, ...alike(testOf({ overall })) };
    });
    expect(counts['selection']).toBeGreaterThan(0.85);
    expect(counts['shift'] ?? 0).toBe(0);
    expect(counts['leakage'] ?? 0).toBe(0);
  });

  it('nothing: a gap that is chance has no cause', () => {
    const counts = causes('nothing', (random) => {
      const [validation, test] = [draw(random, 0.6, 'validation'), draw(random, 0.6, 'test')];
      const { overall } = generalisationGap(validation, test, classes);
      return {
        overall,
        twins: 0,
        honest: null,
        selection: none,
        auc: guessed,
        ...alike(testOf({ overall })),
      };
    });
    expect(counts).toEqual({ none: expect.closeTo(1, 9) as number });
  });
});

describe('a worked example', () => {
  const side = (accuracy: number) => ({
    accuracy,
    ci95: [accuracy - 0.04, accuracy + 0.04] as Interval,
    images: 100,
    groups: 20,
  });
  const estimate = (value: number) => ({ value, ci95: [value - 0.03, value + 0.03] as Interval });
  const evidence: GapEvidence = {
    overall: { validation: side(0.95), test: side(0.55), gap: estimate(0.4) },
    twins: 0.9,
    honest: { validation: estimate(0.6), test: estimate(0.57), testLost: estimate(-0.02) },
    selection: { value: 0.02, ci95: [0.01, 0.03] },
    auc: told,
    ...alike({ value: 0.55, ci95: [0.51, 0.59] }, estimate(0.57)),
  };

  it('takes selection off once: 0.95 - 0.02 - 0.60 + 0.02 is leakage, 0.60 - 0.57 remains', () => {
    const [leakage, selection, shares, rest, testLeakage] = explainGap(evidence).parts;
    expect(leakage!.value).toBeCloseTo(0.35, 12);
    expect(selection!.value).toBe(0.02);
    expect(rest!.value).toBeCloseTo(0.03, 12);
    const half = Math.hypot(0.03, 0.03);
    expect(rest!.ci95![0]).toBeCloseTo(0.03 - half, 12);
    expect(rest!.ci95![1]).toBeCloseTo(0.03 + half, 12);
    expect([shares, testLeakage]).toMatchObject([
      { part: 'shares', value: 0 },
      { part: 'test_leakage', value: 0 },
    ]);
    expect(explainGap(evidence).honestGap).toEqual({ value: rest!.value, ci95: rest!.ci95 });
  });

  it('leakage is no more than the share of images that have a twin; the rest takes the rest', () => {
    const [leakage, , , rest] = explainGap({ ...evidence, twins: 0.1 }).parts;
    expect(leakage).toMatchObject({ value: 0.1, ci95: [0.1, 0.1] });
    expect(rest!.value).toBeCloseTo(0.28, 12);
  });

  it('without a second training, leakage is unknown and inside the rest, which is then not called shift', () => {
    const { parts, cause } = explainGap({ ...evidence, honest: null });
    expect(parts[0]).toEqual({ part: 'leakage', value: null, ci95: null });
    expect(parts[3]).toMatchObject({ part: 'rest' });
    expect(parts[3]!.value).toBeCloseTo(0.38, 12);
    expect(cause).toBeNull();
  });

  it('unknown selection stays inside the leakage that is measured, and what remains is not called shift', () => {
    const { parts } = explainGap({ ...evidence, selection: null });
    expect(parts[0]!.value).toBeCloseTo(0.37, 12);
    expect(parts[1]).toEqual({ part: 'selection', value: null, ci95: null });
    expect(parts[3]!.part).toBe('rest');
  });

  it('a part of unknown interval is the cause only where it is most of a gap that is more than chance', () => {
    const { overall } = evidence;
    const blind = { ...overall, validation: { ...overall.validation, ci95: null } };
    const known = explainGap({ ...evidence, overall: blind });
    expect(known.parts[0]).toMatchObject({ ci95: null });
    expect(known.cause).toBe('leakage');
    const gap = { value: 0.4, ci95: null };
    expect(explainGap({ ...evidence, overall: { ...blind, gap } }).cause).toBeNull();
    expect(explainGap({ ...evidence, overall: blind, twins: 0.19 }).cause).toBeNull();
  });
});

it('the parts add up to the gap, whatever is known', () => {
  const fraction = fc.double({ min: 0, max: 1, noNaN: true });
  const estimate = fc
    .tuple(fraction, fraction, fc.boolean())
    .map(([value, half, known]) => ({ value, ci95: known ? ([value - half, value + half] as const) : null }));
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
  const side = estimate.map(({ value, ci95 }) => ({ accuracy: value, ci95, images: 10, groups: 5 }));
  fc.assert(
    fc.property(
      fc.record({
        validation: side,
        test: side,
        twins: maybe(fraction),
        honest: maybe(fc.record({ validation: estimate, test: estimate })),
        selection: maybe(estimate),
        auc: maybe(estimate),
        testLeakage: maybe(fc.record({ honest: estimate, effect: estimate })),
        shares: maybe(fc.record({ effect: estimate, testAtValidationShares: estimate })),
      }),
      ({ validation, test, honest, ...known }) => {
        const gap = { value: validation.accuracy - test.accuracy, ci95: null };
        const { parts, cause } = explainGap({
          overall: { validation, test, gap },
          honest: honest && {
            ...honest,
            testLost: { value: test.accuracy - honest.test.value, ci95: [-1, 1] },
          },
          ...known,
        });
        expect(parts.reduce((total, part) => total + (part.value ?? 0), 0)).toBeCloseTo(gap.value, 9);
        for (const { part, ci95 } of parts) {
          if (part !== cause) continue;
          expect(ci95 !== null && (ci95[0] > 0 || ci95[1] < 0)).toBe(true);
        }
      },
    ),
  );
});
