'use client';

import { percent, percentInterval, points, pointsInterval } from '@thaw/base/browser';
import { SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import type { Results } from '../../api/operations/results.ts';
import { useChoice } from '../../client/use-choice.ts';
import { usePlotColors } from './colors.ts';
import { Plot } from './plot.tsx';

const scores = ['recall', 'f1', 'precision'] as const;
type Interval = readonly [number, number] | null;

/** Bars of one score per class on validation and test images with their intervals, the gap written above. */
export function ClassGapPlot({ results }: { results: Results }) {
  const [chosen, choose] = useChoice('score');
  const score = scores.find((each) => each === chosen) ?? 'recall';
  const colors = usePlotColors();
  const { data, layout, table } = useMemo(() => {
    const names = results.per_class.map((each) => each.class);
    const sides = (['validation', 'test'] as const).map((part) => {
      const values = results.per_class.map((each) => each[part][score]);
      const intervals = results.per_class.map((each): Interval => {
        if (score === 'precision') return null;
        return score === 'recall' ? each[part].recall_ci95 : each[part].f1_ci95;
      });
      return { part, values, intervals };
    });
    const gaps = results.per_class.map(({ gap }) => gap[score]);
    const gapIntervals = results.per_class.map(({ gap }): Interval => {
      if (score === 'precision') return null;
      return score === 'recall' ? gap.ci95 : gap.f1_ci95;
    });
    const top = (i: number) =>
      Math.max(...sides.map(({ values, intervals }) => intervals[i]?.[1] ?? values[i] ?? 0));
    return {
      data: sides.map(({ part, values, intervals }) => ({
        type: 'bar' as const,
        name: part,
        x: names,
        y: values,
        marker: { color: colors[part], pattern: { shape: part === 'test' ? ('/' as const) : ('' as const) } },
        error_y: {
          type: 'data' as const,
          symmetric: false,
          array: intervals.map((each, i) => (each ? each[1] - values[i]! : 0)),
          arrayminus: intervals.map((each, i) => (each ? values[i]! - each[0] : 0)),
          color: colors.text,
          thickness: 1.5,
          width: 5,
        },
        hovertemplate: `%{x}<br>${part} ${score} %{y:.3f}<extra></extra>`,
      })),
      layout: {
        barmode: 'group' as const,
        // Classes may be called by numbers.
        xaxis: { type: 'category' as const, showgrid: false },
        yaxis: { range: [0, 1.16], tickformat: '.0%', title: { text: score } },
        annotations: gaps.map((gap, i) => ({
          x: names[i]!,
          y: Math.min(1.02, top(i)) + 0.02,
          text: `<b>${points(gap)}</b>`,
          showarrow: false,
          yanchor: 'bottom' as const,
          font: { color: colors.difference, size: 13 },
        })),
      },
      table: {
        head: ['class', 'validation', '95 %', 'test', '95 %', 'gap (points)', '95 %'],
        rows: () =>
          names.map((name, i) => [
            name,
            percent(sides[0]!.values[i]),
            percentInterval(sides[0]!.intervals[i]),
            percent(sides[1]!.values[i]),
            percentInterval(sides[1]!.intervals[i]),
            points(gaps[i]),
            pointsInterval(gapIntervals[i]),
          ]),
      },
    };
  }, [results, score, colors]);
  return (
    <>
      <SegmentedControl
        size="xs"
        mb="xs"
        aria-label="Score"
        value={score}
        onChange={choose}
        data={[...scores]}
      />
      <Plot
        label={`${score} per class on validation and test images`}
        data={data}
        layout={layout}
        table={table}
      />
    </>
  );
}
