'use client';

import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { useChoice } from '../../client/use-choice.ts';
import { formatValue } from '../../shape/format-value.ts';
import { axisOf } from '../../shape/plots/axis.ts';
import type { FigureName, PlotRun } from '../../shape/plots/plot-run.ts';
import { slicedParameters, sliceOf } from '../../shape/plots/slices.ts';
import { usePlotColors } from './colors.ts';
import { LegendSign } from './legend-sign.tsx';
import { PointsPlot } from './points-plot.tsx';

const halfMark = 13;

/** One figure over one parameter, with medians. */
export function SlicePlot({ runs, figure }: { runs: readonly PlotRun[]; figure: FigureName }) {
  const names = useMemo(() => slicedParameters(runs, figure), [runs, figure]);
  const [chosen, choose] = useChoice('slice');
  const colors = usePlotColors();
  const parameter = names.find((name) => name === chosen) ?? names[0];
  const drawn = useMemo(() => {
    if (parameter === undefined) return null;
    const slice = sliceOf(runs, figure, parameter, names);
    const { axis, values, label, numbers } = slice;
    const format = (value: number) => formatValue(figure, value);
    return {
      slice,
      x: { ...axis, title: label },
      y: { ...axisOf(values, { continuous: true, format }), title: figure },
      table: {
        head: ['trial', label, figure],
        rows: () => numbers.map((number, i) => [String(number), axis.texts[i]!, format(values[i]!)]),
      },
    };
  }, [runs, figure, parameter, names]);
  if (!drawn) return <p>No parameter varies.</p>;
  const { slice, x, y, table } = drawn;
  const { axis, values, medians, label, numbers } = slice;
  return (
    <>
      <Select
        size="xs"
        maw={280}
        mb="xs"
        aria-label="Parameter"
        allowDeselect={false}
        value={slice.parameter}
        onChange={choose}
        data={names}
      />
      <PointsPlot
        key={slice.parameter}
        label={`${figure} over ${label}`}
        {...{ x, y, table }}
        textOf={(i) => [`Trial ${numbers[i]!}`, `${label} ${axis.texts[i]!}`, formatValue(figure, values[i])]}
        over={(at) =>
          medians.map((median, i) => {
            if (median === null) return null;
            const [left, top] = at(axis.ticks!.places[i]!, median);
            return (
              <line
                key={i}
                x1={left - halfMark}
                x2={left + halfMark}
                y1={top}
                y2={top}
                stroke={colors.test}
                strokeWidth={3}
              />
            );
          })
        }
        legend={
          <>
            <LegendSign shape="point" color={colors.validation} text="runs" />
            {medians.length > 0 && <LegendSign shape="line" color={colors.test} text="median" />}
          </>
        }
      />
    </>
  );
}
