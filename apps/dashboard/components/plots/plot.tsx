'use client';

import { Box, Skeleton } from '@mantine/core';
import type { Data, Layout, PlotMouseEvent, PlotlyHTMLElement } from 'plotly.js';
import { useEffect, useRef, useState } from 'react';
import { NotLoaded } from '../states/not-loaded.tsx';
import { usePlotColors } from './colors.ts';
import { loadPlotly } from './load-plotly.ts';
import { makeToolbar, plotConfig } from './plot-buttons.ts';
import { PlotTable, type PlotTableContent } from './plot-table.tsx';

interface Props {
  /** What screen readers say in place of the picture. */
  label: string;
  data: Data[];
  layout?: Partial<Layout>;
  height?: number;
  /** The same figures as a table, for those who do not see the picture. */
  table: PlotTableContent;
  /** Gets `customdata` of the point that was clicked. */
  onPoint?: (data: unknown) => void;
}

/** A plotly.js figure in the page's colours, with its figures as a table below. */
export function Plot({ label, data, layout, height = 340, table, onPoint }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const purge = useRef<(() => void) | null>(null);
  const colors = usePlotColors();
  const [tries, setTries] = useState(0);
  const [state, setState] = useState<'coming' | 'drawn' | 'failed'>('coming');
  useEffect(() => {
    let gone = false;
    const target = element.current!;
    const draw = async () => {
      const plotly = await loadPlotly().catch(() => null);
      if (gone) return;
      if (!plotly) return setState('failed');
      purge.current = () => plotly.purge(target);
      const drawing = plotly.react(
        target,
        data,
        {
          autosize: true,
          height,
          margin: { l: 60, r: 16, t: 16, b: 48 },
          paper_bgcolor: 'transparent',
          plot_bgcolor: 'transparent',
          font: { color: colors.text, family: 'system-ui, sans-serif', size: 12 },
          legend: { orientation: 'h', y: 1.02, yanchor: 'bottom' },
          hovermode: 'closest',
          // What was zoomed or brushed stays so while figures come in.
          uirevision: label,
          ...layout,
          xaxis: { gridcolor: colors.grid, zeroline: false, automargin: true, ...layout?.xaxis },
          yaxis: { gridcolor: colors.grid, zeroline: false, automargin: true, ...layout?.yaxis },
        },
        plotConfig,
      );
      setState('drawn');
      await drawing;
      if (gone) return;
      const plot = target as unknown as PlotlyHTMLElement;
      makeToolbar(target, label);
      plot.removeAllListeners('plotly_click');
      if (onPoint) plot.on('plotly_click', ({ points }: PlotMouseEvent) => onPoint(points[0]?.customdata));
    };
    void draw();
    return () => {
      gone = true;
    };
  }, [data, layout, height, colors, onPoint, tries]);
  useEffect(() => () => purge.current?.(), []);
  const again = () => {
    setState('coming');
    setTries(tries + 1);
  };
  return (
    <Box component="figure" m={0}>
      <Box pos="relative" h={height}>
        {state === 'coming' && <Skeleton h={height} pos="absolute" />}
        {state === 'failed' && (
          <Box pos="absolute">
            <NotLoaded again={again} />
          </Box>
        )}
        <div ref={element} role="group" aria-label={label} style={{ height }} />
      </Box>
      <PlotTable label={label} {...table} />
    </Box>
  );
}
