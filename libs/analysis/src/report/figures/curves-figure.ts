import { metricWords } from '@thaw/base';
import type { EpochRecord } from '@thaw/experiment';
import type { TopLevelSpec } from 'vega-lite';
import { figureName } from '../../gap/figures/figure-name.ts';
import { colours } from '../../gap/figures/theme.ts';
import { curves, type CurveOptions } from '../../curves/curves.ts';
import { isShare } from './is-share.ts';
import { runColours } from './run-colours.ts';

export interface CurveOfRun {
  readonly name: string;
  readonly epochs: readonly EpochRecord[];
}

/**
 * A metric over epochs, on training images dashed; of several runs each has a colour of its own. Null where no epoch has it; what is
 * no finite number is left out.
 */
export function curvesFigure(runs: readonly CurveOfRun[], options: CurveOptions): TopLevelSpec | null {
  const { kind, log } = options;
  const values = runs.flatMap(({ name, epochs }) =>
    curves(
      epochs.map((epoch) => ({ ...epoch })),
      options,
    ).flatMap(({ part, epochs: numbers, values: all }) =>
      all.flatMap((value, i) =>
        value === null ? [] : [{ run: figureName(name), part, epoch: numbers[i]!, value }],
      ),
    ),
  );
  if (values.length === 0) return null;
  const names = runs.map(({ name }) => figureName(name));
  const parts = ['validation', 'training'];
  // What cannot be seen whole in a legend is cut by it.
  const legend = { columns: 1, labelLimit: 400 };
  const range = runColours(names.length);
  const color =
    runs.length === 1
      ? { value: colours.validation.light }
      : { field: 'run', type: 'nominal' as const, legend, scale: { domain: names, range } };
  return {
    width: 420,
    height: 240,
    data: { values },
    mark: { type: 'line', strokeWidth: 1.8, point: values.length < 40 * runs.length },
    encoding: {
      x: { field: 'epoch', type: 'quantitative', axis: { tickMinStep: 1, format: 'd', title: 'epoch' } },
      y: {
        field: 'value',
        type: 'quantitative',
        scale: log ? { type: 'log', nice: false } : { zero: false },
        axis: { title: metricWords(kind), ...(isShare(kind) && !log && { format: '.0%' }), tickCount: 5 },
      },
      color,
      strokeDash: {
        field: 'part',
        type: 'nominal',
        scale: {
          domain: parts,
          range: [
            [1, 0],
            [4, 3],
          ],
        },
        legend: null,
      },
    },
  };
}
