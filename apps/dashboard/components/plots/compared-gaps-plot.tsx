'use client';

import { percent, percentInterval, points, pointsInterval } from '@thaw/base/browser';
import { SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import type { Results } from '../../api/operations/results.ts';
import { useChoice } from '../../client/use-choice.ts';
import { seriesColors, usePlotColors } from './colors.ts';
import { Plot } from './plot.tsx';

interface Props {
  /** `color` is the run's place among all that are compared. */
  runs: readonly { readonly name: string; readonly color: number; readonly results: Results }[];
}

const shown = ['gap', 'validation', 'test'] as const;

/** Recall per class of several runs: the gap, or one of its sides, with intervals. */
export function ComparedGapsPlot({ runs }: Props) {
  const [chosen, choose] = useChoice('side');
  const side = shown.find((each) => each === chosen) ?? 'gap';
  const colors = usePlotColors();
  const drawn = useMemo(() => {
    const figure = (each: Results['per_class'][number]) =>
      side === 'gap'
        ? { value: each.gap.recall, ci95: each.gap.ci95 }
        : { value: each[side].recall, ci95: each[side].recall_ci95 };
    const [one, both] = side === 'gap' ? [points, pointsInterval] : [percent, percentInterval];
    return {
      data: runs.map(({ name, color, results }) => {
        const figures = results.per_class.map(figure);
        return {
          type: 'bar' as const,
          name,
          x: results.per_class.map((each) => each.class),
          y: figures.map(({ value }) => value),
          marker: { color: seriesColors[color % seriesColors.length]! },
          error_y: {
            type: 'data' as const,
            symmetric: false,
            array: figures.map(({ value, ci95 }) => (ci95 && value !== null ? ci95[1] - value : 0)),
            arrayminus: figures.map(({ value, ci95 }) => (ci95 && value !== null ? value - ci95[0] : 0)),
            color: colors.text,
            thickness: 1.2,
          },
        };
      }),
      layout: {
        barmode: 'group' as const,
        yaxis: {
          tickformat: '.0%',
          title: { text: `recall, ${side}` },
          zeroline: true,
          zerolinecolor: colors.text,
        },
      },
      table: {
        head: ['run', 'class', `recall, ${side}`, '95 %'],
        rows: () =>
          runs.flatMap(({ name, results }) =>
            results.per_class.map((each) => {
              const { value, ci95 } = figure(each);
              return [name, each.class, one(value), both(ci95)];
            }),
          ),
      },
    };
  }, [runs, side, colors]);
  return (
    <>
      <SegmentedControl
        size="xs"
        mb="xs"
        aria-label="What to compare"
        value={side}
        onChange={choose}
        data={[...shown]}
      />
      <Plot label={`Recall per class, ${side}`} {...drawn} />
    </>
  );
}
