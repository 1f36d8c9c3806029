'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { formatPercent, formatPoints } from '../../shape/format.ts';
import { gapScatter } from '../../shape/plots/gap-scatter.ts';
import type { PlotRun } from '../../shape/plots/plot-run.ts';
import { usePlotColors } from './colors.ts';
import { Plot } from './plot.tsx';

/** Validation against test accuracy with the diagonal; how far a point is below it is its gap. */
export function GapScatterPlot({ runs }: { runs: readonly PlotRun[] }) {
  const colors = usePlotColors();
  const router = useRouter();
  const open = useCallback((run: unknown) => router.push(`/runs/${String(run)}`), [router]);
  const { data, layout, table } = useMemo(() => {
    const { points, range } = gapScatter(runs);
    const axis = { range: [...range], tickformat: '.0%' };
    return {
      data: [
        {
          type: 'scatter' as const,
          mode: 'lines' as const,
          name: 'no gap',
          x: [...range],
          y: [...range],
          line: { dash: 'dash' as const, color: colors.muted },
          hoverinfo: 'skip' as const,
        },
        {
          type: 'scatter' as const,
          mode: 'markers' as const,
          name: 'runs',
          x: points.map(({ validation }) => validation),
          y: points.map(({ test }) => test),
          customdata: points.map(({ run }) => run),
          text: points.map(({ number, gap }) => `trial ${number}, gap ${formatPoints(gap)}`),
          marker: { size: 10, color: colors.validation, line: { width: 1, color: colors.text } },
          hovertemplate: '%{text}<br>validation %{x:.3f}, test %{y:.3f}<extra></extra>',
        },
      ],
      layout: {
        xaxis: { ...axis, title: { text: 'validation accuracy' } },
        yaxis: { ...axis, title: { text: 'test accuracy' } },
      },
      table: {
        head: ['trial', 'validation', 'test', 'gap (points)'],
        rows: points.map(({ number, validation, test, gap }) => [
          String(number),
          formatPercent(validation),
          formatPercent(test),
          formatPoints(gap),
        ]),
      },
    };
  }, [runs, colors]);
  return (
    <Plot
      label="Validation against test accuracy of each run"
      data={data}
      layout={layout}
      table={table}
      height={380}
      onPoint={open}
    />
  );
}
