'use client';

import { Text } from '@mantine/core';
import { useEffect, useRef, useState, type PointerEvent } from 'react';
import { drawPoints, nearestPoint } from './draw-points.ts';
import classes from './plots.module.css';

export interface PointsLayerProps {
  width: number;
  height: number;
  /** Pixels from the left and from the top, one a point; NaN for one that is not drawn. */
  xs: Float64Array;
  ys: Float64Array;
  fill: string;
  edge: string;
  /** What is said of a point that is pointed at, a line each. */
  textOf: (point: number) => readonly string[];
  onPoint?: ((point: number) => void) | undefined;
}

/** Points of a plot on a canvas, of which there may be tens of thousands; the one under the pointer says what it is. */
export function PointsLayer({ width, height, xs, ys, fill, edge, textOf, onPoint }: PointsLayerProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  useEffect(() => {
    drawPoints(canvas.current!, { width, height }, xs, ys, { fill, edge });
    setPointed(null);
  }, [width, height, xs, ys, fill, edge]);
  const pointAt = (event: PointerEvent | React.MouseEvent) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return nearestPoint(xs, ys, event.clientX - left, event.clientY - top);
  };
  // Until the effect has run, a point that was pointed at may be gone from the new ones.
  const shown = pointed === null || Number.isNaN(xs[pointed] ?? NaN) ? null : pointed;
  return (
    <>
      <canvas
        ref={canvas}
        aria-hidden
        data-points={xs.length}
        className={classes['points']}
        style={{ width, height, cursor: shown !== null && onPoint ? 'pointer' : undefined }}
        onPointerMove={(event) => setPointed(event.buttons === 0 ? pointAt(event) : null)}
        onPointerLeave={() => setPointed(null)}
        onClick={(event) => {
          const point = pointAt(event);
          if (point !== null) onPoint?.(point);
        }}
      />
      {shown !== null && (
        <div
          aria-hidden
          className={classes['hint']}
          style={{
            top: Math.min(height - 60, ys[shown]! + 10),
            ...(xs[shown]! > width / 2 ? { right: width - xs[shown]! + 10 } : { left: xs[shown]! + 10 }),
          }}
        >
          {textOf(shown).map((line) => (
            <Text key={line} size="xs">
              {line}
            </Text>
          ))}
        </div>
      )}
    </>
  );
}
