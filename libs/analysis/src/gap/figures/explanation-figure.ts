import { percent, points } from '@thaw/base';
import type { TopLevelSpec } from 'vega-lite';
import { colours } from './theme.ts';

/** What one cause takes away on the way from validation to test accuracy, in fractions. */
export interface Step {
  readonly name: string;
  readonly value: number;
  /** 95 %; null where there is none. */
  readonly ci95: readonly [number, number] | null;
  /** Whether a cause is named, or it is what no measured cause explains. */
  readonly explained: boolean;
}

const barHeight = 46;

/** A waterfall from validation accuracy through the parts of the gap down to test accuracy. The parts must add up. */
export function explanationFigure(validation: number, steps: readonly Step[], test: number): TopLevelSpec {
  let level = validation;
  const bars = [
    {
      name: 'Validation',
      from: 0,
      to: validation,
      text: percent(validation),
      fill: colours.validation.light,
    },
    ...steps.map(({ name, value, explained }) => {
      const from = level;
      level -= value;
      const fill = explained ? colours.part.light : colours.rest.light;
      return { name, from, to: level, text: points(-value), fill };
    }),
    { name: 'Test', from: 0, to: test, text: percent(test), fill: colours.test.light },
  ];
  const rows = bars.map((bar, i) => {
    const ci95 = steps[i - 1]?.ci95;
    const interval = ci95 ? { low: bar.from - ci95[1], high: bar.from - ci95[0] } : {};
    const next = bars[i + 1]?.name;
    return { ...bar, ...interval, next, end: Math.max(bar.from, bar.to, interval.high ?? 0) };
  });
  const order = rows.map(({ name }) => name);
  const [least, most] = [Math.min(0, ...rows.map(({ to }) => to)), Math.max(1, ...rows.map(({ to }) => to))];
  const x = (field: string) =>
    ({
      field,
      type: 'quantitative',
      scale: { domain: [least, most] as number[], nice: false },
      axis: { format: '.0%', tickCount: 5, title: 'accuracy' },
    }) as const;
  return {
    width: 260,
    height: barHeight * rows.length,
    data: { values: rows },
    encoding: {
      y: {
        field: 'name',
        type: 'nominal',
        sort: order,
        title: null,
        axis: { labelLimit: 120 },
        scale: { padding: 0.3 },
      },
    },
    layer: [
      {
        mark: { type: 'bar', cornerRadius: 2 },
        encoding: {
          x: x('from'),
          x2: { field: 'to' },
          fill: { field: 'fill', type: 'nominal', scale: null, legend: null },
        },
      },
      {
        transform: [{ filter: 'isValid(datum.low)' }],
        mark: { type: 'rule', color: colours.ink.light, strokeWidth: 1.5, clip: true },
        encoding: { x: x('low'), x2: { field: 'high' } },
      },
      {
        mark: { type: 'text', align: 'left', x: 266 },
        encoding: { text: { field: 'text', type: 'nominal' } },
      },
    ],
  };
}
