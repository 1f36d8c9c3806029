/** The map (x, y) -> (a x + b y + c, d x + e y + f) from one image's pixels to another's. */
export type Affinity = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** First `first`, then `second`. */
export function compose([a, b, c, d, e, f]: Affinity, second: Affinity): Affinity {
  const [p, q, r, s, t, u] = second;
  return [p * a + q * d, p * b + q * e, p * c + q * f + r, s * a + t * d, s * b + t * e, s * c + t * f + u];
}

/** The map back. One that flattens the plane has none: its numbers are not finite. */
export function invert([a, b, c, d, e, f]: Affinity): Affinity {
  const determinant = a * e - b * d;
  const [p, q, s, t] = [e / determinant, -b / determinant, -d / determinant, a / determinant];
  return [p, q, -(p * c + q * f), s, t, -(s * c + t * f)];
}

/** The largest and the smallest factor by which the map stretches a length. */
export function stretches([a, b, , d, e]: Affinity): { largest: number; smallest: number } {
  const sum = Math.hypot(a + e, b - d);
  const rest = Math.hypot(a - e, b + d);
  return { largest: (sum + rest) / 2, smallest: Math.abs(sum - rest) / 2 };
}

/**
 * The map that takes the points (x, y) to (u, v), four numbers for each, with the least squared error, held to `prior` by the weight of
 * `strength` points spread over `spread` pixels, so that few points or points on a line do not bend it.
 */
export function fitAffinity(
  points: Float64Array,
  prior: Affinity,
  strength: number,
  spread: number,
): Affinity {
  const count = points.length / 4;
  let [x0, y0] = [0, 0];
  for (let i = 0; i < points.length; i += 4) {
    x0 += points[i]! / count;
    y0 += points[i + 1]! / count;
  }
  // Least squares of what the prior leaves over, in coordinates around the points' middle.
  const hold = strength * spread * spread;
  let [xx, xy, yy] = [hold, 0, hold];
  let [su, sux, suy, sv, svx, svy] = [0, 0, 0, 0, 0, 0];
  const [a, b, c, d, e, f] = prior;
  for (let i = 0; i < points.length; i += 4) {
    const [x, y] = [points[i]!, points[i + 1]!];
    const [dx, dy] = [x - x0, y - y0];
    const du = points[i + 2]! - (a * x + b * y + c);
    const dv = points[i + 3]! - (d * x + e * y + f);
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
    su += du;
    sux += du * dx;
    suy += du * dy;
    sv += dv;
    svx += dv * dx;
    svy += dv * dy;
  }
  const determinant = xx * yy - xy * xy;
  const [p, q] = [(sux * yy - suy * xy) / determinant, (suy * xx - sux * xy) / determinant];
  const [s, t] = [(svx * yy - svy * xy) / determinant, (svy * xx - svx * xy) / determinant];
  const [r, w] = [su / count, sv / count];
  return [a + p, b + q, c + r - p * x0 - q * y0, d + s, e + t, f + w - s * x0 - t * y0];
}
