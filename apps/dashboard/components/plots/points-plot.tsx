'use client';

import { Box, Button, Group, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useMemo, useState, type ReactNode } from 'react';
import type { Axis } from '../../shape/plots/axis.ts';
import { ticksOf, type Tick } from '../../shape/plots/brushes.ts';
import { placesIn, zoomedTo, type Ranges } from '../../shape/plots/points-view.ts';
import { AxisTicks } from './axis-ticks.tsx';
import { useBoxZoom } from './box-zoom.ts';
import { usePlotColors } from './colors.ts';
import { PlotTable, type PlotTableContent } from './plot-table.tsx';
import { PointsLayer } from './points-layer.tsx';
import classes from './plots.module.css';

const margin = { left: 64, right: 12, top: 10, bottom: 48 };

export interface PointsPlotProps {
  /** What screen readers say in place of the picture. */
  label: string;
  /** Of each point a place along both axes. */
  x: Axis & { readonly title: string };
  y: Axis & { readonly title: string };
  /** What is said of a point that is pointed at, a line each. */
  textOf: (point: number) => readonly string[];
  onPoint?: (point: number) => void;
  /** What is drawn above the points, where a place of the axes stands in pixels. */
  over?: (at: (x: number, y: number) => readonly [number, number]) => ReactNode;
  /** What signs stand for. */
  legend: ReactNode;
  height?: number;
  table: PlotTableContent;
}

/** Points over two axes: pointed at, opened, and looked at closer by dragging a box. Ten thousand are drawn in some milliseconds. */
export function PointsPlot(props: PointsPlotProps) {
  const { label, x, y, textOf, onPoint, over, legend, height = 340, table } = props;
  const { ref, width } = useElementSize();
  const colors = usePlotColors();
  const [near, setNear] = useState<Ranges | null>(null);
  const ranges = near ?? { x: x.range, y: y.range };
  const right = Math.max(margin.left + 1, width - margin.right);
  const [across, up] = [right - margin.left, height - margin.top - margin.bottom];
  const area = useMemo(() => ({ width: across, height: up }), [across, up]);
  const [xLow, xHigh, yLow, yHigh] = [...ranges.x, ...ranges.y];
  const places = useMemo(
    () => placesIn({ x: [xLow, xHigh], y: [yLow, yHigh] }, area, x.places, y.places),
    [xLow, xHigh, yLow, yHigh, area, x.places, y.places],
  );
  const zoom = useBoxZoom((box) => setNear(zoomedTo(ranges, area, box)));
  const along = ticksOf({ ...x, range: ranges.x }).filter(isSeen);
  const aside = ticksOf({ ...y, range: ranges.y }).filter(isSeen);
  const atX = (share: number) => share * across;
  const atY = (share: number) => up - share * up;
  const at = (placeX: number, placeY: number) =>
    [atX((placeX - xLow) / (xHigh - xLow)), atY((placeY - yLow) / (yHigh - yLow))] as const;
  return (
    <Box component="figure" m={0}>
      <div ref={ref} role="group" aria-label={label} className={classes['figure']} style={{ height }}>
        <svg width={width} height={height} aria-hidden className={classes['axes']}>
          <g transform={`translate(${margin.left} ${margin.top})`}>
            {aside.map(({ share }) => (
              <line key={share} x1={0} x2={across} y1={atY(share)} y2={atY(share)} stroke={colors.grid} />
            ))}
            {along.map(({ share }) => (
              <line key={share} x1={atX(share)} x2={atX(share)} y1={0} y2={up} stroke={colors.grid} />
            ))}
            <AxisTicks ticks={aside} place={(share) => [-6, atY(share) + 4]} colors={colors} anchor="end" />
            <AxisTicks
              ticks={along}
              place={(share) => [atX(share), up + 15]}
              colors={colors}
              anchor="middle"
            />
            <text x={across / 2} y={up + 42} textAnchor="middle" fontSize={12} fill={colors.text}>
              {x.title}
            </text>
            <text
              transform={`translate(${12 - margin.left} ${up / 2}) rotate(-90)`}
              textAnchor="middle"
              fontSize={12}
              fill={colors.text}
            >
              {y.title}
            </text>
          </g>
        </svg>
        <div
          className={classes['area']}
          style={{ left: margin.left, top: margin.top, width: across, height: up }}
          {...zoom.handlers}
        >
          <PointsLayer
            width={across}
            height={up}
            xs={places.xs}
            ys={places.ys}
            fill={colors.validation}
            edge={colors.text}
            textOf={textOf}
            onPoint={onPoint && ((point) => !zoom.hasMoved() && onPoint(point))}
          />
          <svg width={across} height={up} aria-hidden className={classes['over']}>
            {over?.(at)}
            {zoom.box && <rect {...zoom.box} fill={colors.muted} opacity={0.25} />}
          </svg>
        </div>
      </div>
      <Group gap="md" my={4} mih={26}>
        <Text size="xs" component="div">
          {legend}
        </Text>
        {near && (
          <Button size="compact-xs" variant="default" onClick={() => setNear(null)}>
            The whole plot
          </Button>
        )}
      </Group>
      <PlotTable label={label} {...table} />
    </Box>
  );
}

function isSeen({ share }: Tick): boolean {
  return share >= 0 && share <= 1;
}
