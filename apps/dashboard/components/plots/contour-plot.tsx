'use client';

import { Box, Group, NativeSelect, Text, useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useMemo } from 'react';
import { useChoice } from '../../client/use-choice.ts';
import { formatValue } from '../../shape/format-value.ts';
import { ticksOf } from '../../shape/plots/brushes.ts';
import { contour } from '../../shape/plots/contour.ts';
import { slicedParameters } from '../../shape/plots/slices.ts';
import { shortName, type FigureName, type PlotRun } from '../../shape/plots/plot-run.ts';
import { AxisTicks } from './axis-ticks.tsx';
import { usePlotColors } from './colors.ts';
import { lineColors, rampColor } from './parallel/draw-lines.ts';
import { PlotTable } from './plot-table.tsx';
import { PointsLayer } from './points-layer.tsx';
import { RampScale } from './ramp-scale.tsx';

const height = 360;
const margin = { left: 124, right: 16, top: 28, bottom: 56 };
/** Steps of colour, whose borders are the contours. */
const levels = 10;

/** A figure over two parameters that are chosen. */
export function ContourPlot({ runs, figure }: { runs: readonly PlotRun[]; figure: FigureName }) {
  const names = useMemo(() => slicedParameters(runs, figure), [runs, figure]);
  const [along, setAlong] = useChoice('along');
  const [up, setUp] = useChoice('up');
  const first = names.find((name) => name === along) ?? names[0];
  const others = names.filter((name) => name !== first);
  const second = others.find((name) => name === up) ?? others[0];
  if (first === undefined || second === undefined) return <p>It takes two parameters that vary.</p>;
  return (
    <>
      <Group mb="xs" gap="xs">
        <NativeSelect
          size="xs"
          aria-label="Along"
          value={first}
          data={names}
          onChange={({ currentTarget }) => setAlong(currentTarget.value)}
        />
        <Text size="sm">and</Text>
        <NativeSelect
          size="xs"
          aria-label="Up"
          value={second}
          data={others}
          onChange={({ currentTarget }) => setUp(currentTarget.value)}
        />
      </Group>
      <Plane runs={runs} figure={figure} x={first} y={second} names={names} />
    </>
  );
}

interface PlaneProps {
  runs: readonly PlotRun[];
  figure: FigureName;
  x: string;
  y: string;
  names: readonly string[];
}

function Plane({ runs, figure, x, y, names }: PlaneProps) {
  const { ref, width } = useElementSize();
  const colors = usePlotColors();
  const { ramp } = lineColors[useComputedColorScheme('light', { getInitialValueInEffect: true })];
  const drawn = useMemo(() => contour(runs, figure, [x, y]), [runs, figure, x, y]);
  const pixels = useMemo(() => pixelsOf(drawn?.points ?? [], width), [drawn, width]);
  if (!drawn) return <p>No trial has {figure} yet.</p>;
  const { cells, points, range } = drawn;
  const [low, high] = range;
  const label = `${figure} over ${x} and ${y}`;
  const right = rightOf(width);
  const atX = (share: number) => pixelX(share, width);
  const shade = (value: number) => {
    const share = high > low ? (value - low) / (high - low) : 1;
    return rampColor(ramp, Math.min(levels - 1, Math.floor(share * levels)) / (levels - 1));
  };
  return (
    <Box component="figure" m={0}>
      <div ref={ref} style={{ height, position: 'relative' }}>
        <svg role="img" aria-label={label} width={width} height={height} style={{ display: 'block' }}>
          {cells.map((cell) => (
            <rect
              key={`${cell.x[0]} ${cell.y[0]}`}
              x={atX(cell.x[0])}
              y={atY(cell.y[1])}
              // Without seams between them.
              width={atX(cell.x[1]) - atX(cell.x[0]) + 0.5}
              height={atY(cell.y[0]) - atY(cell.y[1]) + 0.5}
              fill={shade(cell.value)}
            />
          ))}
          <AxisTicks
            ticks={ticksOf(drawn.x)}
            place={(share) => [atX(share), height - margin.bottom + 16]}
            colors={colors}
            anchor="middle"
          />
          <AxisTicks
            ticks={ticksOf(drawn.y)}
            place={(share) => [margin.left - 8, atY(share) + 4]}
            colors={colors}
            anchor="end"
          />
          <text x={0} y={14} fontSize={12} fill={colors.text}>
            {shortName(y, names)}
          </text>
          <text
            x={(margin.left + right) / 2}
            y={height - 8}
            textAnchor="middle"
            fontSize={12}
            fill={colors.text}
          >
            {shortName(x, names)}
          </text>
        </svg>
        <PointsLayer
          {...{ width, height, ...pixels }}
          fill={colors.body}
          edge={colors.text}
          textOf={(i) => [`Trial ${points[i]!.number}: ${formatValue(figure, points[i]!.value)}`]}
        />
      </div>
      <Group gap="xs" my={4}>
        <RampScale
          figure={figure}
          low={formatValue(figure, low)}
          high={formatValue(figure, high)}
          ramp={ramp}
        />
      </Group>
      <PlotTable
        label={label}
        head={['trial', x, y, figure]}
        rows={() =>
          points.map(({ number, value }, i) => [
            String(number),
            drawn.x.texts[i]!,
            drawn.y.texts[i]!,
            formatValue(figure, value),
          ])
        }
      />
    </Box>
  );
}

function rightOf(width: number): number {
  return Math.max(margin.left + 1, width - margin.right);
}

function pixelX(share: number, width: number): number {
  return margin.left + share * (rightOf(width) - margin.left);
}

function atY(share: number): number {
  return height - margin.bottom - share * (height - margin.bottom - margin.top);
}

function pixelsOf(points: readonly { readonly x: number; readonly y: number }[], width: number) {
  return {
    xs: Float64Array.from(points, ({ x }) => pixelX(x, width)),
    ys: Float64Array.from(points, ({ y }) => atY(y)),
  };
}
