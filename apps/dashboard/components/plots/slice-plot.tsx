'use client';

import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { formatValue } from '../../shape/format-value.ts';
import { figureAxis } from '../../shape/plots/figure-axis.ts';
import { labelledTicks } from '../../shape/plots/labelled-ticks.ts';
import type { FigureName, PlotRun } from '../../shape/plots/plot-run.ts';
import { slices } from '../../shape/plots/slices.ts';
import { usePlotColors } from './colors.ts';
import { Plot } from './plot.tsx';

/** One figure over one parameter, with medians. */
export function SlicePlot({ runs, figure }: { runs: readonly PlotRun[]; figure: FigureName }) {
  const all = useMemo(() => slices(runs, figure), [runs, figure]);
  const [chosen, setChosen] = useState<string | null>(null);
  const colors = usePlotColors();
  const slice = all.find(({ parameter }) => parameter === chosen) ?? all[0];
  const drawn = useMemo(() => {
    if (!slice) return null;
    const { axis, values, medians, label, numbers } = slice;
    return {
      data: [
        {
          type: 'scatter' as const,
          mode: 'markers' as const,
          name: 'runs',
          x: [...axis.places],
          y: [...values],
          text: numbers.map(
            (number, i) =>
              `Trial ${number}<br>${label} ${axis.texts[i]!}<br>${formatValue(figure, values[i])}`,
          ),
          marker: { size: 9, color: colors.validation, opacity: 0.7 },
          hovertemplate: '%{text}<extra></extra>',
        },
        {
          type: 'scatter' as const,
          mode: 'markers' as const,
          name: 'median',
          x: axis.ticks ? [...axis.ticks.places] : [],
          y: [...medians],
          marker: { size: 26, symbol: 'line-ew-open' as const, color: colors.test, line: { width: 3 } },
        },
      ].slice(0, medians.length > 0 ? 2 : 1),
      layout: {
        xaxis: {
          title: { text: label },
          range: [...axis.range],
          ...labelledTicks(axis),
        },
        yaxis: { title: { text: figure }, ...figureAxis(figure) },
      },
      table: {
        head: ['trial', label, figure],
        rows: numbers.map((number, i) => [String(number), axis.texts[i]!, formatValue(figure, values[i])]),
      },
    };
  }, [slice, colors, figure]);
  if (!slice || !drawn) return <p>No parameter varies.</p>;
  return (
    <>
      <Select
        size="xs"
        maw={280}
        mb="xs"
        aria-label="Parameter"
        allowDeselect={false}
        value={slice.parameter}
        onChange={setChosen}
        data={all.map(({ parameter }) => parameter)}
      />
      <Plot label={`${figure} over ${slice.label}`} {...drawn} />
    </>
  );
}
