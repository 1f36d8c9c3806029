'use client';

import { useMemo } from 'react';
import { formatValue } from '../../shape/format-value.ts';
import { figureAxis } from '../../shape/plots/figure-axis.ts';
import { history } from '../../shape/plots/history.ts';
import type { FigureName, PlotRun } from '../../shape/plots/plot-run.ts';
import { usePlotColors } from './colors.ts';
import { Plot } from './plot.tsx';

interface Props {
  runs: readonly PlotRun[];
  figure: FigureName;
  goal: 'maximize' | 'minimize';
}

/** A figure of each trial, with the best so far. */
export function HistoryPlot({ runs, figure, goal }: Props) {
  const colors = usePlotColors();
  const drawn = useMemo(() => {
    const { points, bestSoFar } = history(runs, figure, goal);
    const numbers = points.map(({ number }) => number);
    return {
      data: [
        {
          type: 'scatter' as const,
          mode: 'markers' as const,
          name: 'trials',
          x: numbers,
          y: points.map(({ value }) => value),
          text: points.map(({ number, value }) => `Trial ${number}: ${formatValue(figure, value)}`),
          hovertemplate: '%{text}<extra></extra>',
          marker: { size: 9, color: colors.validation },
        },
        {
          type: 'scatter' as const,
          mode: 'lines' as const,
          name: 'best so far',
          x: numbers,
          y: [...bestSoFar],
          line: { shape: 'hv' as const, color: colors.test },
        },
      ],
      layout: {
        xaxis: { title: { text: 'trial' } },
        yaxis: { title: { text: figure }, ...figureAxis(figure) },
      },
      table: {
        head: ['trial', figure, 'best so far'],
        rows: points.map(({ number, value }, i) => [
          String(number),
          formatValue(figure, value),
          formatValue(figure, bestSoFar[i]),
        ]),
      },
    };
  }, [runs, figure, goal, colors]);
  return <Plot label={`${figure} of each trial and the best so far`} {...drawn} />;
}
