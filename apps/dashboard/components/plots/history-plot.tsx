'use client';

import { useMemo } from 'react';
import { formatValue } from '../../shape/format-value.ts';
import { axisOf } from '../../shape/plots/axis.ts';
import { history } from '../../shape/plots/history.ts';
import type { FigureName, PlotRun } from '../../shape/plots/plot-run.ts';
import { usePlotColors } from './colors.ts';
import { LegendSign } from './legend-sign.tsx';
import { PointsPlot } from './points-plot.tsx';

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
    const format = (value: number) => formatValue(figure, value);
    return {
      points,
      steps: points.flatMap(({ number }, i) => {
        const best = bestSoFar[i];
        return best === null || best === bestSoFar[i - 1] ? [] : [{ number, best: best! }];
      }),
      last: numbers.at(-1) ?? 0,
      x: { ...axisOf(numbers, { continuous: true }), title: 'trial' },
      y: {
        ...axisOf(
          points.map(({ value }) => value),
          { continuous: true, format },
        ),
        title: figure,
      },
      table: {
        head: ['trial', figure, 'best so far'],
        rows: () =>
          points.map(({ number, value }, i) => [
            String(number),
            format(value),
            formatValue(figure, bestSoFar[i]),
          ]),
      },
    };
  }, [runs, figure, goal]);
  const { points, steps, last, x, y, table } = drawn;
  return (
    <PointsPlot
      label={`${figure} of each trial and the best so far`}
      {...{ x, y, table }}
      textOf={(i) => [`Trial ${points[i]!.number}: ${formatValue(figure, points[i]!.value)}`]}
      over={(at) => (
        <polyline
          points={steps
            .flatMap(({ number, best }, i) => [at(number, best), at(steps[i + 1]?.number ?? last, best)])
            .join(' ')}
          fill="none"
          stroke={colors.test}
          strokeWidth={2}
        />
      )}
      legend={
        <>
          <LegendSign shape="point" color={colors.validation} text="trials" />
          <LegendSign shape="line" color={colors.test} text="best so far" />
        </>
      }
    />
  );
}
