'use client';

import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import type { ParallelAxis } from '../../../shape/plots/parallel-coordinates.ts';
import { shareText, ticksOf, type Brush } from '../../../shape/plots/brushes.ts';
import type { PlotColors } from '../colors.ts';

interface Props {
  axis: ParallelAxis;
  /** Where the axis stands, and from where to where it goes, in pixels. */
  x: number;
  top: number;
  bottom: number;
  colors: PlotColors;
  brush: Brush | undefined;
  /** Undefined keeps all. */
  onBrush: (brush: Brush | undefined) => void;
  /** Which of its two ends the Tab key stops at; of all axes one end. */
  tabStop: 0 | 1 | null;
  /** The end that is entered. */
  onEnter: (end: 0 | 1) => void;
}

const all: Brush = [0, 1];
const ends = [0, 1] as const;

/** An axis of parallel coordinates: drag along it, or move its ends with the arrow keys, to keep the lines that pass between. */
export function ParallelAxis({ axis, x, top, bottom, colors, brush, onBrush, tabStop, onEnter }: Props) {
  const start = useRef<number | null>(null);
  const yOf = (share: number) => bottom - share * (bottom - top);
  const shareAt = (event: PointerEvent<SVGElement>) => {
    const y = event.clientY - event.currentTarget.ownerSVGElement!.getBoundingClientRect().top;
    return clamp((bottom - y) / (bottom - top));
  };
  const drag = (event: PointerEvent<SVGElement>) => {
    if (start.current === null) return;
    const here = shareAt(event);
    onBrush([Math.min(start.current, here), Math.max(start.current, here)]);
  };
  const onKeyDown = (end: 0 | 1) => (event: KeyboardEvent) => {
    const moved = movedBy(event.key, (brush ?? all)[end], axis.ticks?.places.length ?? 20);
    if (moved === null) return;
    event.preventDefault();
    const next: Brush = end === 0 ? [moved, (brush ?? all)[1]] : [(brush ?? all)[0], moved];
    if (next[0] < next[1]) onBrush(next[0] === 0 && next[1] === 1 ? undefined : next);
  };
  return (
    <g>
      <line x1={x} x2={x} y1={top} y2={bottom} stroke={colors.muted} />
      {brush && (
        <rect
          x={x - 7}
          width={14}
          y={yOf(brush[1])}
          height={yOf(brush[0]) - yOf(brush[1])}
          fill={colors.test}
          opacity={0.35}
        />
      )}
      {ticksOf(axis).map(({ share, text }) => (
        <g key={text}>
          <line x1={x - 4} x2={x} y1={yOf(share)} y2={yOf(share)} stroke={colors.muted} />
          <text
            x={x - 7}
            y={yOf(share)}
            dy="0.32em"
            textAnchor="end"
            fontSize={11}
            fill={colors.text}
            style={{ paintOrder: 'stroke', stroke: 'var(--mantine-color-body)', strokeWidth: 4 }}
          >
            {text.length > 18 ? `${text.slice(0, 17)}…` : text}
          </text>
        </g>
      ))}
      <rect
        x={x - 14}
        width={28}
        y={top}
        height={bottom - top}
        fill="transparent"
        style={{ cursor: 'crosshair', touchAction: 'pan-x' }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          start.current = shareAt(event);
        }}
        onPointerMove={drag}
        onPointerUp={(event) => {
          // A click without a drag keeps all again.
          if (Math.abs(shareAt(event) - (start.current ?? 0)) < 0.01) onBrush(undefined);
          start.current = null;
        }}
      />
      {ends.map((end) => (
        <rect
          key={end}
          role="slider"
          aria-orientation="vertical"
          aria-label={`${axis.label}: ${end === 0 ? 'lowest' : 'highest'} that is kept`}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(100 * (brush ?? all)[end])}
          aria-valuetext={shareText(axis, (brush ?? all)[end])}
          tabIndex={tabStop === end ? 0 : -1}
          data-end={end}
          x={x - 8}
          y={yOf((brush ?? all)[end]) - (end === 0 ? 0 : 4)}
          width={16}
          height={4}
          fill={brush ? colors.test : colors.muted}
          pointerEvents="none"
          onFocus={() => onEnter(end)}
          onKeyDown={onKeyDown(end)}
        />
      ))}
    </g>
  );
}

/** Where a key moves an end of `steps` steps to; null for other keys. */
function movedBy(key: string, share: number, steps: number): number | null {
  const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 4, PageDown: -4, Home: -steps, End: steps }[key];
  return by === undefined ? null : clamp(Math.round(share * steps + by) / steps);
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
