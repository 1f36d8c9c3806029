'use client';

import { useMemo } from 'react';
import type { Data } from 'plotly.js';
import { parallelCoordinates } from '../../shape/plots/parallel-coordinates.ts';
import { valueText, type FigureName, type PlotRun } from '../../shape/plots/plot-run.ts';
import { Plot } from './plot.tsx';

/** A line a run over its parameters and figures; drag along an axis to keep the lines that pass there. */
export function ParallelPlot({ runs, figure }: { runs: readonly PlotRun[]; figure: FigureName }) {
  const { data, table, layout } = useMemo(() => {
    const shown = parallelCoordinates(runs, figure);
    // @types/plotly.js does not know this trace's dimensions.
    const trace = {
      type: 'parcoords',
      line: { color: [...shown.colors], colorscale: 'Cividis', showscale: true },
      dimensions: shown.axes.map(({ label, places, ticks, range }) => ({
        label,
        values: [...places],
        range: [...range],
        ...(ticks && { tickvals: [...ticks.places], ticktext: [...ticks.texts] }),
      })),
    } as unknown as Data;
    return {
      data: [trace],
      layout: { margin: { l: 130, r: 60, t: 56, b: 24 } },
      table: {
        head: ['trial', ...shown.axes.map(({ label }) => label)],
        rows: shown.runs.map((run, i) => [
          String(run.number),
          ...shown.axes.map(({ places, ticks }) => {
            const place = places[i]!;
            const tick = ticks?.places.indexOf(place) ?? -1;
            return tick >= 0 ? ticks!.texts[tick]! : valueText(Number(place.toFixed(4)));
          }),
        ]),
      },
    };
  }, [runs, figure]);
  return (
    <Plot label="Parallel coordinates of parameters and figures" data={data} layout={layout} table={table} />
  );
}
