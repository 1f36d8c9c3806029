/** A closed line on a map: x and y of each corner, one after the other. */
export type Lasso = readonly number[];

/** The images inside a lasso, by whether a ray from them crosses its line an odd number of times. */
export function insideLasso(x: Float32Array, y: Float32Array, lasso: Lasso): number[] {
  const inside: number[] = [];
  for (let i = 0; i < x.length; i++) if (isInside(x[i]!, y[i]!, lasso)) inside.push(i);
  return inside;
}

function isInside(x: number, y: number, lasso: Lasso): boolean {
  let odd = false;
  for (let i = 0, j = lasso.length - 2; i < lasso.length; j = i, i += 2) {
    const [ax, ay, bx, by] = [lasso[i]!, lasso[i + 1]!, lasso[j]!, lasso[j + 1]!];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  }
  return odd;
}

/** A lasso around a circle, for who selects with the keyboard. */
export function circle(x: number, y: number, radius: number): Lasso {
  const corners = 48;
  return Array.from({ length: corners }, (_, i) => (2 * Math.PI * i) / corners).flatMap((angle) => [
    x + radius * Math.cos(angle),
    y + radius * Math.sin(angle),
  ]);
}

/** The image whose place is nearest to a place, no farther than `radius`; -1 where there is none. */
export function nearestImage(
  { x, y }: { readonly x: Float32Array; readonly y: Float32Array },
  [placeX, placeY]: readonly [number, number],
  radius: number,
  shown: Uint8Array,
): number {
  let [nearest, best] = [-1, radius * radius];
  for (let i = 0; i < x.length; i++) {
    if (shown[i] === 0) continue;
    const square = (x[i]! - placeX) ** 2 + (y[i]! - placeY) ** 2;
    if (square <= best) [nearest, best] = [i, square];
  }
  return nearest;
}
