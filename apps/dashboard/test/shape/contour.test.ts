import { expect, it } from 'vitest';
import { contour } from '../../shape/plots/contour.ts';
import type { PlotRun } from '../../shape/plots/plot-run.ts';
import { slicedParameters, sliceOf } from '../../shape/plots/slices.ts';

function run(number: number, parameters: Record<string, unknown>, value: number | null): PlotRun {
  return { id: `r${number}`, number, state: 'finished', parameters, summary: { val_accuracy: value } };
}

it('of two named parameters a cell is the mean of its trials; where there are none there is no cell', () => {
  const runs = [
    run(0, { a: 'x', b: 1 }, 0.5),
    run(1, { a: 'x', b: 1 }, 0.7),
    run(2, { a: 'y', b: 2 }, 0.9),
    run(3, { a: 'y', b: 1 }, null),
  ];
  const { cells, range, points } = contour(runs, 'val_accuracy', ['a', 'b'])!;
  expect(points).toHaveLength(3);
  expect(cells).toEqual([
    { x: [0, 0.5], y: [0, 0.5], value: expect.closeTo(0.6, 12) },
    { x: [0.5, 1], y: [0.5, 1], value: 0.9 },
  ]);
  expect(range).toEqual([0.5, 0.9]);
  expect(contour([run(3, { a: 'y', b: 1 }, null)], 'val_accuracy', ['a', 'b'])).toBeNull();
});

it('between trials it lies between their figures, nearer to that of the nearer one, and named values do not mix', () => {
  const runs = Array.from({ length: 8 }, (_, i) =>
    run(i, { rate: i, kind: i < 4 ? 'low' : 'high' }, i < 4 ? 0.2 : i / 10),
  );
  const { cells } = contour(runs, 'val_accuracy', ['rate', 'kind'])!;
  const low = cells.filter(({ y }) => y[0] === 0).map(({ value }) => value);
  const high = cells.filter(({ y }) => y[0] > 0).map(({ value }) => value);
  for (const value of low) expect(value).toBeCloseTo(0.2, 12);
  expect(Math.min(...high)).toBeGreaterThan(0.4);
  expect(high.at(-1)!).toBeGreaterThan(high[0]!);
  expect(Math.max(...high)).toBeLessThanOrEqual(0.7);
});

it('parameters that all finished trials share are no axes, and a pruned trial is not drawn, as in reports', () => {
  const pruned = { ...run(2, { a: 3, b: 2, c: 1 }, 0.9), state: 'pruned' };
  const runs = [run(0, { a: 1, b: 1, c: 1 }, 0.5), run(1, { a: 2, b: 1 }, 0.6), pruned];
  const names = slicedParameters(runs, 'val_accuracy');
  expect(names).toEqual(['a', 'c']);
  expect(sliceOf(runs, 'val_accuracy', 'a', names).numbers).toEqual([0, 1]);
  expect(contour(runs, 'val_accuracy', ['a', 'c'])!.range).toEqual([0.5, 0.6]);
});
