'use client';

import { percent, percentInterval } from '@thaw/base/browser';
import { useMemo } from 'react';
import { forecastText, type ForecastPoint } from '../../shape/plots/forecast-points.ts';
import { usePlotColors } from './colors.ts';
import { Plot } from './plot.tsx';

const symbols = { forecast: 'square', validation: 'circle', test: 'diamond' } as const;

/** Forecast, validation and test accuracy as points beside each other with their intervals. */
export function ForecastPlot({ points }: { points: readonly ForecastPoint[] }) {
  const colors = usePlotColors();
  const { data, layout, table } = useMemo(() => {
    const colorOf = { forecast: colors.difference, validation: colors.validation, test: colors.test };
    return {
      data: points.map(({ name, value, ci95 }) => ({
        type: 'scatter' as const,
        mode: 'text+markers' as const,
        name,
        x: [value],
        y: [name],
        text: [percent(value)],
        textposition: 'top center' as const,
        showlegend: false,
        marker: { size: 12, symbol: symbols[name], color: colorOf[name] },
        error_x: {
          type: 'data' as const,
          symmetric: false,
          array: [ci95 ? ci95[1] - value : 0],
          arrayminus: [ci95 ? value - ci95[0] : 0],
          color: colorOf[name],
          thickness: 2,
          width: 6,
        },
        hovertemplate: `${name} %{x:.1%}, ${percentInterval(ci95)}<extra></extra>`,
      })),
      layout: {
        xaxis: { range: [-0.02, 1.02], tickformat: '.0%', title: { text: 'accuracy' } },
        // From the top, with room for what stands above the first.
        yaxis: { type: 'category' as const, range: [points.length - 0.5, -0.7] },
      },
      table: {
        head: ['figure', 'accuracy', '95 %'],
        rows: () => points.map(({ name, value, ci95 }) => [name, percent(value), percentInterval(ci95)]),
      },
    };
  }, [points, colors]);
  return <Plot label={forecastText(points)} data={data} layout={layout} table={table} height={230} />;
}
