import { curveKinds, curves, smooth } from '@thaw/analysis/browser';
import { describe, expect, it } from 'vitest';
import { axisOf } from '../../shape/plots/axis.ts';
import { brushesOf, keptLines, partOf, sharesOf, shareText, ticksOf } from '../../shape/plots/brushes.ts';
import { withFolds } from '../../shape/plots/fold-curves.ts';
import { gapScatter } from '../../shape/plots/gap-scatter.ts';
import { joinCurves } from '../../shape/plots/join-curves.ts';
import { history } from '../../shape/plots/history.ts';
import { parallelCoordinates } from '../../shape/plots/parallel-coordinates.ts';
import type { PlotRun } from '../../shape/plots/plot-run.ts';
import { slicedParameters, sliceOf } from '../../shape/plots/slices.ts';

function run(
  number: number,
  parameters: Record<string, unknown>,
  val: number | null,
  test: number | null = 0.5,
  state = 'finished',
): PlotRun {
  const gap = val === null || test === null ? null : val - test;
  return {
    id: `run-${number}`,
    number,
    state,
    parameters,
    summary: val === null ? null : { val_accuracy: val, test_accuracy: test, gap },
  };
}

/** Stores that plots trip over. */
const stores: Record<string, PlotRun[]> = {
  none: [],
  'one run': [run(0, { 'model.head_units': 64 }, 0.9)],
  'no parameters (imported)': [run(0, {}, 0.96, 0.53)],
  'conditional parameters': [
    run(0, { 'model.scenario': 'partial', 'model.unfreeze_from': 'block_14' }, 0.9),
    run(1, { 'model.scenario': 'frozen' }, 0.8),
  ],
  'an axis with one value': [0, 1, 2].map((i) => run(i, { seed: 42, rate: 0.1 * (i + 1) }, 0.5 + i / 10)),
  'failed and running trials': [
    run(0, { a: 1 }, null, null, 'failed'),
    run(1, { a: 2 }, null, null, 'running'),
    run(2, { a: 1 }, 0.7),
  ],
  'NaN figures': [run(0, { a: 1 }, Number.NaN), run(1, { a: Number.NaN }, 0.5), run(2, { a: null }, 0.6)],
  'mixed types': [
    run(0, { augmentation: false }, 0.5),
    run(1, { augmentation: { rotation_range: 20 } }, 0.6),
    run(2, { augmentation: 3 }, 0.7),
    run(3, { augmentation: 'x' }, 0.8),
  ],
  'many numbers, one missing': [
    ...Array.from({ length: 9 }, (_, i) => run(i, { rate: 10 ** -i }, i / 10)),
    run(9, {}, 0.95),
  ],
};

describe.each(Object.entries(stores))('a store with %s', (_, runs) => {
  const known = runs.filter(({ summary }) => Number.isFinite(summary?.val_accuracy ?? Number.NaN)).length;

  it('gives a scatter of the runs that have both accuracies', () => {
    const { points, range, omitted } = gapScatter(runs);
    expect([points.length, omitted]).toEqual([known, runs.length - known]);
    expect(range[0]).toBeLessThan(range[1]);
    for (const { validation, test } of points) {
      expect(Math.min(validation, test)).toBeGreaterThan(range[0]);
      expect(Math.max(validation, test)).toBeLessThan(range[1]);
    }
  });

  it('gives a line in parallel coordinates to every run that has the figure, and places inside every axis', () => {
    const { runs: drawn, axes, colors, omitted } = parallelCoordinates(runs, 'val_accuracy');
    expect([drawn.length, colors.length, omitted]).toEqual([known, known, runs.length - known]);
    expect(axes.length).toBeGreaterThanOrEqual(3);
    for (const { places, range } of axes) {
      expect(places).toHaveLength(known);
      expect(range[0]).toBeLessThan(range[1]);
      for (const place of places) {
        expect(place).toBeGreaterThan(range[0]);
        expect(place).toBeLessThan(range[1]);
      }
    }
  });

  it('gives slices of all runs that have the figure', () => {
    const names = slicedParameters(runs, 'val_accuracy');
    for (const name of names) {
      const { axis, values, medians } = sliceOf(runs, 'val_accuracy', name, names);
      expect(values).toHaveLength(known);
      expect(axis.places).toHaveLength(known);
      expect(medians.length).toBe(axis.numeric ? 0 : axis.ticks!.places.length);
      expect(medians).not.toContain(Number.NaN);
    }
  });

  it('gives a history whose best never gets worse', () => {
    const { points, bestSoFar, without } = history(runs, 'val_accuracy', 'maximize');
    expect(points.length + without.length).toBe(runs.length);
    expect(bestSoFar.map((best) => best ?? -1)).toEqual(
      bestSoFar.map((best) => best ?? -1).toSorted((a, b) => a - b),
    );
  });
});

describe('axes', () => {
  it('put what is not set at a tick of its own', () => {
    expect(axisOf(['a', undefined, 'b', 'a'])).toMatchObject({
      places: [1, 0, 2, 1],
      ticks: { places: [0, 1, 2], texts: ['not set', 'a', 'b'] },
    });
    const numbers = axisOf([1, 2, 3, 4, 5, 6, 7, undefined]);
    expect(numbers.numeric).toBe(true);
    expect(numbers.ticks!.texts).toEqual(['not set', '1', '4', '7']);
    expect(numbers.places[7]).toBeLessThan(1);
  });

  it('order numbers by size, whatever order they come in', () => {
    expect(axisOf([128, 64, 256]).ticks!.texts).toEqual(['64', '128', '256']);
  });

  it('of parameters over orders of magnitude are logarithmic, with round ticks and the values in words', () => {
    const { places, ticks, texts } = axisOf([
      0.0001,
      0.00123456,
      0.01,
      0.002,
      0.003,
      0.004,
      0.005,
      undefined,
    ]);
    expect(places.slice(0, 3)).toEqual([-4, Math.log10(0.00123456), -2]);
    expect(places[7]).toBeLessThan(-4);
    expect(ticks!.texts).toEqual([
      'not set',
      '0.0001',
      '0.0002',
      '0.0005',
      '0.001',
      '0.002',
      '0.005',
      '0.01',
    ]);
    expect([texts[1], texts[7]]).toEqual(['0.001235', 'not set']);
    expect(axisOf([0.01, 0.2, 0.3, 0.4, 0.5, 0.6, 0.9], { continuous: true }).places[0]).toBe(0.01);
  });

  it('of one value are wide enough to be brushed', () => {
    const { range, places } = axisOf([42, 42], { continuous: true });
    expect(range[0]).toBeLessThan(places[0]! - 0.1);
    expect(range[1]).toBeGreaterThan(places[0]! + 0.1);
  });
});

describe('history', () => {
  it('keeps the smallest for minimize and does not let an unfinished trial be the best', () => {
    const runs = [run(1, {}, 0.5), run(0, {}, 0.7), run(2, {}, 0.1, 0.5, 'pruned'), run(3, {}, 0.4)];
    const { points, bestSoFar } = history(runs, 'val_accuracy', 'minimize');
    expect(points.map(({ number }) => number)).toEqual([0, 1, 2, 3]);
    expect(bestSoFar).toEqual([0.7, 0.5, 0.5, 0.4]);
  });
});

describe('smoothing', () => {
  it('is a mean with falling weights, worked by hand', () => {
    // Weights 1/2 and 1/4 of the last and the one before: (2/2 + 1/4) / (3/4).
    const smoothed = smooth([1, 2, 4], 0.5);
    expect(smoothed[0]).toBe(1);
    expect(smoothed[1]).toBeCloseTo(5 / 3, 12);
    expect(smoothed[2]).toBeCloseTo((4 / 2 + 2 / 4 + 1 / 8) / (7 / 8), 12);
  });

  it('leaves a constant and, without weight, everything as it is', () => {
    for (const value of smooth([3, 3, 3, 3], 0.97)) expect(value).toBeCloseTo(3, 12);
    expect(smooth([1, 5, 2], 0)).toEqual([1, 5, 2]);
  });

  it('passes over what is not finite', () => {
    expect(smooth([1, Number.NaN, 1], 0.9)).toEqual([1, Number.NaN, 1]);
    expect(() => smooth([1], 1)).toThrow(RangeError);
  });
});

describe('curves', () => {
  const epochs = [
    { epoch: 1, loss: 2, accuracy: null, val_loss: 0, val_accuracy: null },
    { epoch: 2, loss: null, accuracy: null, val_loss: 1, val_accuracy: null },
    { epoch: 3, loss: 1, accuracy: null, val_loss: Number.NaN, val_accuracy: null },
  ];

  it('break where a value is no number, and on a log axis where it is not above 0', () => {
    const [training, validation] = curves(epochs, { kind: 'loss', smoothing: 0, log: true });
    expect(training!.values).toEqual([2, null, 1]);
    expect(validation!.values).toEqual([null, 1, null]);
    expect(curves(epochs, { kind: 'loss', smoothing: 0, log: false })[1]!.values).toEqual([0, 1, null]);
  });

  it('of which nothing is known are left out', () => {
    expect(curves(epochs, { kind: 'accuracy', smoothing: 0, log: false })).toEqual([]);
    expect(curves([], { kind: 'loss', smoothing: 0, log: false })).toEqual([]);
  });

  it('of one colour and part are one line with gaps, whose points know their runs', () => {
    const curve = (part: 'training' | 'validation', values: number[]) => ({
      part,
      epochs: values.map((_, i) => i + 1),
      values,
      raw: values,
    });
    const joined = joinCurves([
      { name: 'a', color: 'red', curve: curve('training', [5, 4]) },
      { name: 'a', color: 'red', curve: curve('validation', [6]) },
      { name: 'b', color: 'blue', curve: curve('training', [3]) },
      { name: 'c', color: 'red', curve: curve('training', [2]) },
    ]);
    expect(joined.map(({ color, part }) => `${color} ${part}`)).toEqual([
      'red training',
      'red validation',
      'blue training',
    ]);
    expect(joined[0]).toMatchObject({
      x: [1, 2, null, 1],
      y: [5, 4, null, 2],
      names: ['a', 'a', 'c', 'c'],
    });
  });
});

describe('curves of a run with folds', () => {
  const epoch = (number: number, fold: number, fold_epoch: number, loss: number) => {
    return { epoch: number, loss, accuracy: 0.5, val_loss: loss, val_accuracy: null, fold, fold_epoch };
  };
  const run = {
    name: 'a',
    epochs: [epoch(1, 1, 1, 4), epoch(2, 1, 2, 2), epoch(3, 2, 1, 2), epoch(4, 2, 2, 0), epoch(5, 2, 3, 0)],
  };

  it('are those of each fold by its own epochs, and their mean as far as all have trained', () => {
    const drawn = withFolds([run]);
    expect(drawn.map(({ name, epochs }) => [name, epochs.map((each) => [each.epoch, each.loss])])).toEqual([
      [
        'mean of the folds',
        [
          [1, 3],
          [2, 1],
        ],
      ],
      [
        'fold 1',
        [
          [1, 4],
          [2, 2],
        ],
      ],
      [
        'fold 2',
        [
          [1, 2],
          [2, 0],
          [3, 0],
        ],
      ],
    ]);
  });

  it('have a mean of the learning rate, too, where the records have one', () => {
    const rated = run.epochs.map((each) => ({ ...each, learning_rate: each.fold }));
    const [mean] = withFolds([{ name: 'a', epochs: rated }]);
    const drawn = curves(mean!.epochs, { kind: 'learning_rate', smoothing: 0, log: false });
    expect(drawn.map(({ part, raw }) => [part, raw])).toEqual([['training', [1.5, 1.5]]]);
    expect(curveKinds(withFolds([run])[0]!.epochs)).not.toContain('learning_rate');
  });

  it('are the mean alone beside other runs', () => {
    const other = { name: 'b', epochs: [{ epoch: 1, loss: 1, accuracy: 1, val_loss: 1, val_accuracy: 1 }] };
    expect(withFolds([run, other]).map(({ name }) => name)).toEqual(['a', 'b']);
    expect(withFolds([other])).toEqual([other]);
  });
});

describe('brushes', () => {
  const axes = [axisOf([1, 2, 3, 4, 5, 6, 7, 8]), axisOf(['a', 'b', 'a', 'b', 'a', 'b', 'a', undefined])];
  const shares = axes.map(sharesOf);

  it('keep the lines that pass each brushed axis inside its brush', () => {
    const kept = (...brushes: [number, readonly [number, number]][]) =>
      keptLines(8, shares, new Map(brushes)).map(Number).join('');
    expect(kept()).toBe('11111111');
    expect(kept([0, [0.5, 1]])).toBe('00001111');
    // From the bottom: not set, a, b.
    expect(kept([1, [0, 1 / 3]])).toBe('00000001');
    expect(kept([1, [1 / 3, 2 / 3]])).toBe('10101010');
    expect(kept([0, [0.5, 1]], [1, [1 / 3, 2 / 3]])).toBe('00001010');
  });

  it('keep the same when trials come with values, names and parameters that were not there', () => {
    const keep = (
      before: readonly unknown[],
      share: readonly [number, number],
      after: readonly unknown[],
    ) => {
      const part = partOf(axisOf(before), share);
      const axes = ['new', 'old'].map((name) => ({ name, ...axisOf(name === 'new' ? before : after) }));
      const brushes = brushesOf(axes, new Map([['old', part]]));
      const kept = keptLines(after.length, axes.map(sharesOf), brushes);
      return after.filter((_, i) => kept[i]);
    };
    const numbers = [1, 2, 3, 4, 5, 6, 7, 8];
    expect(keep(numbers, [0.5, 1], [...numbers, 20])).toEqual([5, 6, 7, 8, 20]);
    expect(keep(numbers, [0, 0.5], [...numbers, -20])).toEqual([1, 2, 3, 4, -20]);
    // Where the axis has become a logarithmic one.
    expect(keep(numbers, [0.3, 0.5], [...numbers, 4000])).toEqual([3, 4]);
    expect(keep(['b', 'c'], [0, 0.5], ['a', 'b', 'c'])).toEqual(['b']);
    expect(keep(['b', 'c'], [0.5, 1], ['b', undefined, 'c'])).toEqual(['c']);
    // Numbers where there were names: nothing is kept apart.
    expect(keep([1, 2], [0, 0.5], numbers)).toEqual(numbers);
  });

  it('have ticks inside the axis, and say of each place what stands there', () => {
    expect(ticksOf(axes[0]!).map(({ text }) => text)).toEqual(['2', '4', '6', '8']);
    expect(ticksOf(axes[1]!).map(({ text }) => text)).toEqual(['not set', 'a', 'b']);
    expect(ticksOf(axisOf([0.5, 0.5, 0.5], { continuous: true })).length).toBeGreaterThan(1);
    expect([0, 0.4, 1].map((share) => shareText(axes[1]!, share))).toEqual(['not set', 'a', 'b']);
    expect([0, 1].map((share) => shareText(axes[0]!, share))).toEqual(['0.65', '8.35']);
  });
});
