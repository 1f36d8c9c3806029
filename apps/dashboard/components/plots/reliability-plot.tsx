'use client';

import { percent } from '@thaw/base/browser';
import { useMemo } from 'react';
import type { Results } from '../../api/operations/results.ts';
import { usePlotColors } from './colors.ts';
import { Plot } from './plot.tsx';

/** How often the model is right (y) when it is so sure (x), on validation and test images; on the diagonal it can be believed. */
export function ReliabilityPlot({ calibration }: { calibration: NonNullable<Results['calibration']> }) {
  const colors = usePlotColors();
  const { data, layout, table } = useMemo(() => {
    const parts = ['validation', 'test'] as const;
    const bins = (part: 'validation' | 'test') =>
      calibration[part].reliability.filter(({ images }) => images > 0);
    return {
      data: [
        {
          type: 'scatter' as const,
          mode: 'lines' as const,
          name: 'as sure as right',
          x: [0, 1],
          y: [0, 1],
          line: { dash: 'dash' as const, color: colors.muted },
          hoverinfo: 'skip' as const,
        },
        ...parts.map((part) => ({
          type: 'scatter' as const,
          mode: 'lines+markers' as const,
          name: `${part} (ECE ${calibration[part].ece.toFixed(3)})`,
          x: bins(part).map(({ confidence }) => confidence),
          y: bins(part).map(({ accuracy }) => accuracy),
          text: bins(part).map(({ images }) => `${images} images`),
          marker: { size: 8, symbol: part === 'test' ? ('diamond' as const) : ('circle' as const) },
          line: { color: colors[part] },
          hovertemplate: '%{text}<br>sure %{x:.2f}, right %{y:.2f}<extra></extra>',
        })),
      ],
      layout: {
        xaxis: { range: [0, 1.02], title: { text: 'confidence' }, tickformat: '.0%' },
        yaxis: { range: [0, 1.02], title: { text: 'accuracy' }, tickformat: '.0%' },
      },
      table: {
        head: ['part', 'confidence', 'accuracy', 'images'],
        rows: () =>
          parts.flatMap((part) =>
            bins(part).map(({ confidence, accuracy, images }) => [
              part,
              percent(confidence),
              percent(accuracy),
              String(images),
            ]),
          ),
      },
    };
  }, [calibration, colors]);
  return <Plot label="Reliability diagram" data={data} layout={layout} table={table} />;
}
