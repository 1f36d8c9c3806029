'use client';

import { percent, points } from '@thaw/base/browser';
import { useRouter } from 'next/navigation';
import { useCallback, useMemo } from 'react';
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
    const { points: dots, range } = gapScatter(runs);
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
          x: dots.map(({ validation }) => validation),
          y: dots.map(({ test }) => test),
          customdata: dots.map(({ run }) => run),
          text: dots.map(({ number, gap }) => `trial ${number}, gap ${points(gap)}`),
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
        rows: dots.map(({ number, validation, test, gap }) => [
          String(number),
          percent(validation),
          percent(test),
          points(gap),
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
