'use client';

import { points, pointsInterval } from '@thaw/base/browser';
import { useMemo } from 'react';
import { usePlotColors } from './colors.ts';
import { Plot } from './plot.tsx';

interface Part {
  readonly part: string;
  readonly value: number | null;
  readonly ci95: readonly [number, number] | null;
  readonly missing: string | null;
}

/** The parts that a gap is made of, in points, with their intervals. */
export function ExplanationPlot({ parts }: { parts: readonly Part[] }) {
  const colors = usePlotColors();
  const { data, layout, table } = useMemo(() => {
    const named = parts.map((each) => ({ ...each, part: each.part.replaceAll('_', ' ') }));
    const measured = named.filter(({ value }) => value !== null).toReversed();
    return {
      data: [
        {
          type: 'bar' as const,
          orientation: 'h' as const,
          // The figure beside the name: on the bar, its interval would strike it through.
          y: measured.map(({ part, value }) => `${part} ${points(value)}`),
          x: measured.map(({ value }) => 100 * value!),
          marker: { color: colors.difference },
          error_x: {
            type: 'data' as const,
            symmetric: false,
            array: measured.map(({ value, ci95 }) => (ci95 ? 100 * (ci95[1] - value!) : 0)),
            arrayminus: measured.map(({ value, ci95 }) => (ci95 ? 100 * (value! - ci95[0]) : 0)),
            color: colors.text,
          },
          hovertemplate: '%{y} points<extra></extra>',
        },
      ],
      layout: {
        xaxis: { title: { text: 'points of accuracy' }, zeroline: true, zerolinecolor: colors.text },
        showlegend: false,
      },
      table: {
        head: ['part', 'points', '95 %', 'not measured because'],
        rows: named.map(({ part, value, ci95, missing }) => [
          part,
          points(value),
          value === null ? '-' : pointsInterval(ci95),
          missing ?? '',
        ]),
      },
    };
  }, [parts, colors]);
  return <Plot label="What the gap is made of" data={data} layout={layout} height={220} table={table} />;
}
