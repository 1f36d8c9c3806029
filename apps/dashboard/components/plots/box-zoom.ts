'use client';

import { useRef, useState, type PointerEvent } from 'react';
import type { Box } from '../../shape/plots/points-view.ts';

/** A pointer that moves less has clicked. */
const clickPixels = 5;

/** Lets the pointer drag a box over an element; `onBox` gets it, in pixels from the element's corner. */
export function useBoxZoom(onBox: (box: Box) => void) {
  const [box, setBox] = useState<Box | null>(null);
  const start = useRef<readonly [number, number] | null>(null);
  const moved = useRef(false);
  const at = ({ clientX, clientY, currentTarget }: PointerEvent) => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    return [clamp(clientX - left, width), clamp(clientY - top, height)] as const;
  };
  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      start.current = at(event);
      moved.current = false;
    },
    onPointerMove: (event: PointerEvent) => {
      if (start.current === null) return;
      const next = boxOf(start.current, at(event));
      if (!moved.current && Math.max(next.width, next.height) <= clickPixels) return;
      // Not before it has moved, or the click would come to this element and not to what lies below the pointer.
      if (!moved.current) event.currentTarget.setPointerCapture(event.pointerId);
      moved.current = true;
      setBox(next);
    },
    onPointerUp: () => {
      start.current = null;
      if (box && box.width > clickPixels && box.height > clickPixels) onBox(box);
      setBox(null);
    },
    onPointerCancel: () => {
      start.current = null;
      setBox(null);
    },
  };
  return { box, handlers, hasMoved: () => moved.current };
}

function boxOf([x, y]: readonly [number, number], [toX, toY]: readonly [number, number]): Box {
  return { x: Math.min(x, toX), y: Math.min(y, toY), width: Math.abs(toX - x), height: Math.abs(toY - y) };
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(0, value));
}
