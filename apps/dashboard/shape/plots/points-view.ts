/** What of two axes is seen, from where to where. */
export interface Ranges {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Pixels from the left and from the top. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type Size = Pick<Box, 'width' | 'height'>;

/** Where points stand, in pixels from the left and from the top; NaN for those that are not seen. */
export function placesIn(
  { x: [xLow, xHigh], y: [yLow, yHigh] }: Ranges,
  { width, height }: Size,
  placesX: readonly number[],
  placesY: readonly number[],
): { xs: Float64Array; ys: Float64Array } {
  const xs = new Float64Array(placesX.length);
  const ys = new Float64Array(placesX.length);
  for (let i = 0; i < xs.length; i++) {
    const [x, y] = [(placesX[i]! - xLow) / (xHigh - xLow), (placesY[i]! - yLow) / (yHigh - yLow)];
    const isSeen = x >= 0 && x <= 1 && y >= 0 && y <= 1;
    xs[i] = isSeen ? x * width : NaN;
    ys[i] = isSeen ? (1 - y) * height : NaN;
  }
  return { xs, ys };
}

/** The ranges that a box of what is seen covers. */
export function zoomedTo({ x, y }: Ranges, { width, height }: Size, box: Box): Ranges {
  const part = ([low, high]: readonly [number, number], from: number, to: number) =>
    [low + from * (high - low), low + to * (high - low)] as const;
  return {
    x: part(x, box.x / width, (box.x + box.width) / width),
    y: part(y, 1 - (box.y + box.height) / height, 1 - box.y / height),
  };
}
