import type { Random } from '@thaw/base';

/** Size of a photograph in pixels: that of the Kaggle set "Blood Cell Images". */
export const photographSize = { width: 320, height: 240 } as const;

/** Red, green, blue in [0, 255]. */
export type Rgb = readonly [number, number, number];

export interface Point {
  x: number;
  y: number;
}

/** The colour a fraction `t` of the way from `a` to `b`; t outside [0, 1] extrapolates. */
export function mix(a: Rgb, b: Rgb, t: number): Rgb {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

/** A colour as SVG writes it, clipped to what can be shown. */
export function css(color: Rgb): string {
  return `rgb(${color.map((value) => Math.round(Math.min(255, Math.max(0, value)))).join(',')})`;
}

/** A coordinate as SVG text, to a hundredth of a pixel. */
export function coordinate(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** The point at `distance` pixels from `center` in the direction `angle` (radians). */
export function polar(center: Point, distance: number, angle: number): Point {
  return { x: center.x + distance * Math.cos(angle), y: center.y + distance * Math.sin(angle) };
}

export interface BlobShape extends Point {
  radius: number;
  /** Deviation of the outline's distance from the centre, as a fraction of the radius. */
  roughness: number;
  /** Length over width; 1 for round. */
  elongation?: number;
  /** Direction of the long axis in radians. */
  angle?: number;
}

/** A smooth closed outline as SVG path data: a circle or an ellipse, disturbed (Catmull-Rom spline through ten points). */
export function blobPath(shape: BlobShape, random: Random): string {
  const { x, y, radius, roughness, elongation = 1, angle = 0 } = shape;
  const count = 10;
  const phase = random.uniform(0, 2 * Math.PI);
  const points = Array.from({ length: count }, (_, i): Point => {
    const direction = phase + (2 * Math.PI * i) / count;
    const distance = radius * Math.max(0.5, 1 + roughness * random.normal());
    const along = distance * Math.cos(direction) * Math.sqrt(elongation);
    const across = (distance * Math.sin(direction)) / Math.sqrt(elongation);
    return {
      x: x + along * Math.cos(angle) - across * Math.sin(angle),
      y: y + along * Math.sin(angle) + across * Math.cos(angle),
    };
  });
  const at = (i: number) => points[(i + count) % count]!;
  const text = (p: Point) => `${coordinate(p.x)} ${coordinate(p.y)}`;
  const curves = points.map((point, i) => {
    const [before, next, after] = [at(i - 1), at(i + 1), at(i + 2)];
    const first = { x: point.x + (next.x - before.x) / 6, y: point.y + (next.y - before.y) / 6 };
    const second = { x: next.x - (after.x - point.x) / 6, y: next.y - (after.y - point.y) / 6 };
    return `C${text(first)} ${text(second)} ${text(next)}`;
  });
  return `M${text(at(0))}${curves.join('')}Z`;
}

/** A circle as an SVG element. */
export function circle(center: Point, radius: number, fill: Rgb, opacity: number): string {
  return `<circle cx="${coordinate(center.x)}" cy="${coordinate(center.y)}" r="${coordinate(radius)}" fill="${css(fill)}" fill-opacity="${coordinate(opacity)}"/>`;
}
