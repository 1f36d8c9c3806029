'use client';

import { Text, useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
} from 'react';
import type { SpriteSheets } from '../../client/sprite-sheets.ts';
import type { Places } from '../../client/use-map.ts';
import type { OtherRun } from '../../shape/images/agreement.ts';
import type { ImageColors } from '../../shape/images/image-colors.ts';
import type { ImageTable } from '../../shape/images/image-table.ts';
import { circle, insideLasso, nearestImage } from '../../shape/images/lasso.ts';
import { panned, placeAt, wholeMap, zoomed, type Viewport } from '../../shape/images/viewport.ts';
import { describeImage } from './describe-image.ts';
import { MapCanvas } from './draw-canvas.ts';
import classes from './images.module.css';
import { MapTools } from './map-tools.tsx';
import { Thumbnail } from './thumbnail.tsx';

interface Props {
  table: ImageTable;
  other: OtherRun | null;
  places: Places;
  /** Of each image whether the filter keeps it: those can be pointed at and selected. */
  shown: Uint8Array;
  /** Of each image whether the gallery has it: others are hinted at. */
  listed: Uint8Array;
  colors: ImageColors;
  lines: Int32Array | null;
  sheets: SpriteSheets | null;
  /** Of images that were selected on the map; null for none. */
  onSelect: (images: readonly number[] | null) => void;
  isSelected: boolean;
  onOpen: (image: number) => void;
}

const step = 60;
/** A pointer that moves less has clicked. */
const clickPixels = 4;
const reach = 12;
const usualRadius = 80;
const help =
  'Drag or use the arrow keys to move, the wheel (once the map has the focus) or + and - to come nearer, 0 for the whole map. ' +
  'Hold Shift and drag, or choose Lasso, to select images. With the keyboard: S shows a circle in the middle, [ and ] change its size, ' +
  'Enter selects what is in it, Escape ends that.';

/** The images of a run as points in a plane, alike ones near to each other: moved, enlarged, pointed at and selected. */
export function ImageMap({
  table,
  other,
  places,
  shown,
  listed,
  colors,
  lines,
  sheets,
  onSelect,
  isSelected,
  onOpen,
}: Props) {
  const dark = useComputedColorScheme('light', { getInitialValueInEffect: true }) === 'dark';
  const { ref: sized, width, height } = useElementSize<HTMLDivElement>();
  const size = useMemo(() => ({ width, height }), [width, height]);
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<MapCanvas>(null);
  const view = useRef<Viewport | null>(null);
  const frame = useRef(0);
  const [isLasso, setIsLasso] = useState(false);
  const [drawn, setDrawn] = useState<readonly number[]>([]);
  const [radius, setRadius] = useState<number | null>(null);
  const [pointed, setPointed] = useState<{ image: number; x: number; y: number } | null>(null);
  const [said, setSaid] = useState('');
  const pointer = useRef<{ x: number; y: number; moved: number; lasso: boolean } | null>(null);

  const redraw = useCallback(() => {
    if (frame.current !== 0 || width === 0) return;
    frame.current = requestAnimationFrame(() => {
      frame.current = 0;
      if (!canvas.current) return;
      painter.current ??= new MapCanvas(canvas.current);
      view.current ??= wholeMap(size);
      const density = Math.min(2, window.devicePixelRatio);
      painter.current.draw(view.current, size, density, {
        ...{ places, colors, lines, sheets, dark },
        shown: listed,
      });
      canvas.current.dataset['drawn'] = String(places.x.length);
    });
  }, [size, width, places, listed, colors, lines, sheets, dark]);

  useEffect(() => {
    redraw();
    const end = sheets?.subscribe(redraw);
    return () => {
      end?.();
      cancelAnimationFrame(frame.current);
      frame.current = 0;
    };
  }, [redraw, sheets]);

  const look = useCallback(
    (change: (view: Viewport) => Viewport) => {
      view.current = change(view.current ?? wholeMap(size));
      setPointed(null);
      redraw();
    },
    [redraw, size],
  );
  const middle = useMemo(() => ({ x: width / 2, y: height / 2 }), [width, height]);

  useEffect(() => {
    const element = canvas.current!;
    // Not React's, which may not keep the page from scrolling.
    const onWheel = (event: WheelEvent) => {
      if (document.activeElement !== element && !event.ctrlKey) return;
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      const at = { x: event.clientX - left, y: event.clientY - top };
      look((before) => zoomed(before, Math.exp(-event.deltaY / 300), at, size));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [look, size]);

  const at = (event: PointerEvent) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const select = (outline: readonly number[]) => {
    const now = view.current!;
    const corners: number[] = [];
    for (let i = 0; i < outline.length; i += 2) {
      corners.push(...placeAt(now, { x: outline[i]!, y: outline[i + 1]! }, size));
    }
    const images = insideLasso(places.x, places.y, corners).filter((i) => shown[i] === 1);
    setSaid(`${images.length} images selected.`);
    onSelect(images.length > 0 ? images : null);
  };
  const nearest = (point: { x: number; y: number }) =>
    view.current
      ? nearestImage(places, placeAt(view.current, point, size), reach / view.current.scale, shown)
      : -1;

  const onPointerDown = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const lasso = isLasso || event.shiftKey;
    pointer.current = { ...at(event), moved: 0, lasso };
    setPointed(null);
    if (lasso) setDrawn([pointer.current.x, pointer.current.y]);
  };
  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>) => {
    const here = at(event);
    const before = pointer.current;
    if (!before) {
      const image = nearest(here);
      if (image !== pointed?.image) setPointed(image < 0 ? null : { image, ...here });
      return;
    }
    const [byX, byY] = [here.x - before.x, here.y - before.y];
    pointer.current = { ...before, ...here, moved: before.moved + Math.abs(byX) + Math.abs(byY) };
    if (before.lasso) setDrawn((line) => [...line, here.x, here.y]);
    else look((now) => panned(now, byX, byY));
  };
  const onPointerUp = (event: PointerEvent<HTMLCanvasElement>) => {
    const before = pointer.current;
    pointer.current = null;
    if (!before) return;
    if (before.moved <= clickPixels) {
      const image = nearest(at(event));
      if (image >= 0) onOpen(image);
    } else if (before.lasso) {
      select(drawn);
      setIsLasso(false);
    }
    setDrawn([]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [step, 0],
      ArrowRight: [-step, 0],
      ArrowUp: [0, step],
      ArrowDown: [0, -step],
    };
    const move = moves[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (move) look((now) => panned(now, ...move));
    else if (event.key === '+' || event.key === '=') look((now) => zoomed(now, 1.5, middle, size));
    else if (event.key === '-') look((now) => zoomed(now, 1 / 1.5, middle, size));
    else if (event.key === '0') look(() => wholeMap(size));
    else if (event.key.toLowerCase() === 's') setRadius(radius === null ? usualRadius : null);
    else if (event.key === ']' && radius !== null) setRadius(Math.min(1000, radius * 1.25));
    else if (event.key === '[' && radius !== null) setRadius(Math.max(10, radius / 1.25));
    else if (event.key === 'Enter' && radius !== null) select(circle(middle.x, middle.y, radius));
    else if (event.key === 'Escape' && (radius !== null || isSelected)) {
      setRadius(null);
      onSelect(null);
      setSaid('Nothing is selected.');
    } else return;
    event.preventDefault();
  };

  return (
    <div>
      <MapTools
        onZoom={(by) => look((now) => zoomed(now, by, middle, size))}
        onWhole={() => look(() => wholeMap(size))}
        isLasso={isLasso}
        onLasso={() => setIsLasso(!isLasso)}
        isSelected={isSelected}
        onClear={() => {
          onSelect(null);
          setSaid('Nothing is selected.');
        }}
      />
      <div className={classes['map']} ref={sized}>
        <canvas
          ref={canvas}
          tabIndex={0}
          role="application"
          aria-label="Map of the images"
          aria-describedby="map-help"
          data-lasso={isLasso || undefined}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerUp}
          onPointerCancel={() => {
            pointer.current = null;
            setDrawn([]);
          }}
          onPointerLeave={() => setPointed(null)}
          onKeyDown={onKeyDown}
        />
        <svg className={classes['over']} aria-hidden>
          {drawn.length > 0 && <polygon points={drawn.join(' ')} />}
          {radius !== null && <circle cx={middle.x} cy={middle.y} r={radius} />}
        </svg>
        {pointed && (
          <div
            className={classes['hint']}
            aria-hidden
            style={{
              left: pointed.x > width / 2 ? undefined : pointed.x + 14,
              right: pointed.x > width / 2 ? width - pointed.x + 14 : undefined,
              top: Math.max(4, Math.min(height - 170, pointed.y - 40)),
            }}
          >
            <Thumbnail sheets={sheets} image={pointed.image} label="" />
            {describeImage(table, other, pointed.image).map((line) => (
              <Text key={line} size="xs">
                {line}
              </Text>
            ))}
          </div>
        )}
      </div>
      <Text size="xs" c="dimmed" mt={4} id="map-help">
        {help}
      </Text>
      <Text size="sm" role="status">
        {said}
      </Text>
    </div>
  );
}
