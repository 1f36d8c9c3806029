'use client';

import { percent, points as pointsText } from '@thaw/base/browser';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { formatValue } from '../../shape/format-value.ts';
import { gapScatter } from '../../shape/plots/gap-scatter.ts';
import type { PlotRun } from '../../shape/plots/plot-run.ts';
import { usePlotColors } from './colors.ts';
import { LegendSign } from './legend-sign.tsx';
import { PointsPlot } from './points-plot.tsx';

/** Validation against test accuracy with the diagonal; how far a point is below it is its gap. */
export function GapScatterPlot({ runs }: { runs: readonly PlotRun[] }) {
  const colors = usePlotColors();
  const router = useRouter();
  const { dots, range, x, y, table } = useMemo(() => {
    const { points, range: both } = gapScatter(runs);
    const axis = {
      ...{ numeric: true, logarithmic: false, texts: [], ticks: null, range: both },
      format: (value: number) => formatValue('accuracy', value),
    };
    return {
      dots: points,
      range: both,
      x: { ...axis, title: 'validation accuracy', places: points.map(({ validation }) => validation) },
      y: { ...axis, title: 'test accuracy', places: points.map(({ test }) => test) },
      table: {
        head: ['trial', 'validation', 'test', 'gap (points)'],
        rows: () =>
          points.map(({ number, validation, test, gap }) => [
            String(number),
            percent(validation),
            percent(test),
            pointsText(gap),
          ]),
      },
    };
  }, [runs]);
  const [low, high] = range;
  return (
    <PointsPlot
      label="Validation against test accuracy of each run"
      {...{ x, y, table }}
      height={380}
      textOf={(i) => [
        `trial ${dots[i]!.number}, gap ${pointsText(dots[i]!.gap)}`,
        `validation ${percent(dots[i]!.validation)}, test ${percent(dots[i]!.test)}`,
      ]}
      onPoint={(i) => router.push(`/runs/${dots[i]!.run}`)}
      over={(at) => (
        <polyline
          points={[at(low, low), at(high, high)].join(' ')}
          stroke={colors.muted}
          strokeWidth={2}
          strokeDasharray="8 6"
        />
      )}
      legend={
        <>
          <LegendSign shape="point" color={colors.validation} text="runs" />
          <LegendSign shape="dashes" color={colors.muted} text="no gap" />
        </>
      }
    />
  );
}
