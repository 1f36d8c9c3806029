import type { Draw } from './draw-augmentation.ts';

/** Where an output pixel comes from: row = rr y + rc x + r, column = cr y + cc x + c, in pixels of the input. */
export interface Affine {
  readonly rr: number;
  readonly rc: number;
  readonly r: number;
  readonly cr: number;
  readonly cc: number;
  readonly c: number;
}

type Matrix = readonly [number, number, number, number, number, number];

/** The product of two 2 x 3 matrices whose third row is 0 0 1. */
function multiply(a: Matrix, b: Matrix): Matrix {
  return [
    a[0] * b[0] + a[1] * b[3],
    a[0] * b[1] + a[1] * b[4],
    a[0] * b[2] + a[1] * b[5] + a[2],
    a[3] * b[0] + a[4] * b[3],
    a[3] * b[1] + a[4] * b[4],
    a[3] * b[2] + a[4] * b[5] + a[5],
  ];
}

const radians = (degrees: number) => (degrees / 180) * Math.PI;

/**
 * The geometry of a draw about the centre of a `size` x `size` image, as Keras's `apply_affine_transform` composes it:
 * rotation, shift, shear, zoom. Null when nothing moves.
 */
export function affineOf(
  { theta = 0, tx = 0, ty = 0, shear = 0, zx = 1, zy = 1 }: Partial<Draw>,
  size: number,
): Affine | null {
  const steps: Matrix[] = [];
  if (theta !== 0) {
    const [cos, sin] = [Math.cos(radians(theta)), Math.sin(radians(theta))];
    steps.push([cos, -sin, 0, sin, cos, 0]);
  }
  if (tx !== 0 || ty !== 0) steps.push([1, 0, tx, 0, 1, ty]);
  if (shear !== 0) {
    steps.push([1, -Math.sin(radians(shear)), 0, 0, Math.cos(radians(shear)), 0]);
  }
  if (zx !== 1 || zy !== 1) steps.push([zx, 0, 0, 0, zy, 0]);
  if (steps.length === 0) return null;
  const center = size / 2 - 0.5;
  const about = multiply([1, 0, center, 0, 1, center], steps.reduce(multiply));
  // Keras's matrices speak of (x, y); rows are y.
  const [cc, cr, c, rc, rr, r] = multiply(about, [1, 0, -center, 0, 1, -center]);
  return { rr, rc, r, cr, cc, c };
}
