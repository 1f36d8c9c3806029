'use client';

import { useMemo } from 'react';
import type { Data } from 'plotly.js';
import { parallelCoordinates } from '../../shape/plots/parallel-coordinates.ts';
import type { FigureName, PlotRun } from '../../shape/plots/plot-run.ts';
import { Plot } from './plot.tsx';

const margin = { l: 130, r: 60, t: 56, b: 24 };
/** Nearer to each other, axes and their names cannot be read. */
const axisWidth = 90;

/** A line a run over its parameters and figures; drag along an axis to keep the lines that pass there. */
export function ParallelPlot({ runs, figure }: { runs: readonly PlotRun[]; figure: FigureName }) {
  const { data, table, layout, width } = useMemo(() => {
    const shown = parallelCoordinates(runs, figure);
    // @types/plotly.js does not know this trace's dimensions.
    const trace = {
      type: 'parcoords',
      line: { color: [...shown.colors], colorscale: 'Cividis', showscale: true },
      // The ends of axes lie beyond all values and say nothing.
      rangefont: { color: 'transparent' },
      dimensions: shown.axes.map(({ label, places, ticks, range }) => ({
        label,
        values: [...places],
        range: [...range],
        ...(ticks && { tickvals: [...ticks.places], ticktext: [...ticks.texts] }),
      })),
    } as unknown as Data;
    return {
      data: [trace],
      width: margin.l + margin.r + axisWidth * Math.max(1, shown.axes.length - 1),
      layout: { margin },
      table: {
        head: ['trial', ...shown.axes.map(({ label }) => label)],
        rows: shown.runs.map((run, i) => [String(run.number), ...shown.axes.map(({ texts }) => texts[i]!)]),
      },
    };
  }, [runs, figure]);
  return (
    <Plot
      label="Parallel coordinates of parameters and figures"
      data={data}
      layout={layout}
      minWidth={width}
      table={table}
    />
  );
}
