'use client';

import { useMemo } from 'react';
import { gapPartBars, gapPartTable, type Part } from '../../shape/plots/gap-parts.ts';
import { usePlotColors } from './colors.ts';
import { Plot } from './plot.tsx';

/** The parts that a gap is made of, in points, with their intervals. */
export function ExplanationPlot({ parts }: { parts: readonly Part[] }) {
  const colors = usePlotColors();
  const { data, layout, table } = useMemo(() => {
    const { names, values, above, below } = gapPartBars(parts);
    return {
      data: [
        {
          type: 'bar' as const,
          orientation: 'h' as const,
          y: names,
          x: values,
          marker: { color: colors.difference },
          error_x: {
            type: 'data' as const,
            symmetric: false,
            array: above,
            arrayminus: below,
            color: colors.text,
          },
          hovertemplate: '%{y} points<extra></extra>',
        },
      ],
      layout: {
        xaxis: { title: { text: 'points of accuracy' }, zeroline: true, zerolinecolor: colors.text },
        showlegend: false,
      },
      table: gapPartTable(parts),
    };
  }, [parts, colors]);
  return <Plot label="What the gap is made of" data={data} layout={layout} height={220} table={table} />;
}
