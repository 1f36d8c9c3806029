'use client';

import { Box, Button, Group, Text, useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { formatValue } from '../../../shape/format-value.ts';
import {
  brushesOf,
  keptLines,
  partOf,
  sharesOf,
  type Brush,
  type KeptPart,
} from '../../../shape/plots/brushes.ts';
import {
  parallelCoordinates,
  type ParallelAxis as Coordinate,
} from '../../../shape/plots/parallel-coordinates.ts';
import type { FigureName, PlotRun } from '../../../shape/plots/plot-run.ts';
import { usePlotColors } from '../colors.ts';
import { PlotTable } from '../plot-table.tsx';
import { RampScale } from '../ramp-scale.tsx';
import { drawLines, lineColors } from './draw-lines.ts';
import { ParallelAxis } from './parallel-axis.tsx';

const label = 'Parallel coordinates of parameters and figures';
const height = 340;
const margin = { left: 124, right: 24, top: 40, bottom: 12 };
/** Nearer to each other, axes and their names cannot be read. */
const axisWidth = 110;
const bottom = height - margin.bottom;

/** A line a run over its parameters and figures, the darker (in the dark the lighter) the higher `figure` is. */
export function ParallelPlot({ runs, figure }: { runs: readonly PlotRun[]; figure: FigureName }) {
  const [parts, setParts] = useState<ReadonlyMap<string, KeptPart>>(new Map());
  const [entered, setEntered] = useState<readonly [axis: string | null, end: 0 | 1]>([null, 0]);
  const { ref, width: seen } = useElementSize();
  const canvas = useRef<HTMLCanvasElement>(null);
  const colors = usePlotColors();
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: true });
  const coordinates = useMemo(() => parallelCoordinates(runs, figure), [runs, figure]);
  const { axes, runs: shown, colors: figures } = coordinates;
  const [low, high] = [Math.min(...figures), Math.max(...figures)];
  const shares = useMemo(() => coordinates.axes.map(sharesOf), [coordinates]);
  const brushes = useMemo(() => brushesOf(coordinates.axes, parts), [coordinates, parts]);
  const kept = useMemo(
    () => keptLines(coordinates.runs.length, shares, brushes),
    [coordinates, shares, brushes],
  );
  const width = Math.max(seen, margin.left + margin.right + axisWidth * (axes.length - 1));
  const between = (width - margin.left - margin.right) / Math.max(1, axes.length - 1);
  const { ramp } = lineColors[scheme];
  useEffect(() => {
    const { runs: drawn, colors: values } = coordinates;
    const points = drawn.map((_, run) =>
      shares.map(
        (axis, i) => [margin.left + i * between, bottom - axis[run]! * (bottom - margin.top)] as const,
      ),
    );
    const shades = values.map((value) => (high > low ? (value - low) / (high - low) : 1));
    drawLines(canvas.current!, { width, height }, { points, shades, kept }, lineColors[scheme]);
  }, [coordinates, shares, kept, width, between, low, high, scheme]);

  const brush = (axis: Coordinate) => (next: Brush | undefined) =>
    setParts((before) => {
      const after = new Map(before);
      if (next) after.set(axis.name, partOf(axis, next));
      else after.delete(axis.name);
      return after;
    });
  const tabAxis = Math.max(
    0,
    axes.findIndex(({ name }) => name === entered[0]),
  );
  return (
    <Box component="figure" m={0}>
      <div ref={ref} style={{ overflowX: 'auto', overflowY: 'hidden' }}>
        <div role="group" aria-label={label} style={{ position: 'relative', width, height }}>
          <canvas ref={canvas} aria-hidden style={{ position: 'absolute', inset: 0, width, height }} />
          <svg
            width={width}
            height={height}
            style={{ position: 'absolute', inset: 0 }}
            onKeyDown={moveAmongEnds}
          >
            {axes.map((axis, i) => (
              <ParallelAxis
                key={axis.name}
                axis={axis}
                x={margin.left + i * between}
                top={margin.top}
                bottom={bottom}
                colors={colors}
                brush={brushes.get(i)}
                onBrush={brush(axis)}
                tabStop={tabAxis === i ? entered[1] : null}
                onEnter={(end) => setEntered([axis.name, end])}
              />
            ))}
          </svg>
          {axes.map((axis, i) => (
            <Text
              key={axis.name}
              size="xs"
              fw={600}
              truncate
              title={axis.label}
              ta="center"
              style={{
                position: 'absolute',
                top: 4,
                left: margin.left + i * between - 50,
                width: 100,
                pointerEvents: 'none',
              }}
            >
              {axis.label}
            </Text>
          ))}
        </div>
      </div>
      <Group gap="xs" my={4}>
        <RampScale
          figure={figure}
          low={figureText(figure, low)}
          high={figureText(figure, high)}
          ramp={ramp}
        />
        <Text size="xs" role="status">
          {brushes.size > 0 && `${kept.filter(Boolean).length} of ${shown.length} trials are kept.`}
        </Text>
        {brushes.size > 0 && (
          <Button size="compact-xs" variant="default" onClick={() => setParts(new Map())}>
            Keep all
          </Button>
        )}
      </Group>
      <PlotTable
        label={label}
        head={['trial', ...axes.map((axis) => axis.label)]}
        rows={() => shown.map((run, i) => [String(run.number), ...axes.map(({ texts }) => texts[i]!)])}
      />
    </Box>
  );
}

function figureText(figure: string, value: number): string {
  return Number.isFinite(value) ? formatValue(figure, value) : '–';
}

/** Left and right go from end to end of the axes, as in a toolbar. */
function moveAmongEnds(event: KeyboardEvent<SVGSVGElement>): void {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (by === undefined) return;
  const all = [...event.currentTarget.querySelectorAll<SVGElement>('[role="slider"]')];
  event.preventDefault();
  all.at((all.indexOf(event.target as SVGElement) + by) % all.length)!.focus();
}
