/** Pixels of a mask that hang together, by their places in it. A mask is 1 or 0 for each pixel, row by row. */
export type Region = Uint32Array;

/** Scratch memory, as much as the largest image asked for so far. */
let columns = new Uint8Array();
let columnsWidth = 0;
let places = new Uint32Array();

/** Of each pixel of an image of at most 256 columns the column it is in: cheaper to look up than to divide. */
export function columnsOf(width: number, height: number): Uint8Array {
  if (columnsWidth !== width || columns.length < width * height) {
    columns = Uint8Array.from({ length: width * height }, (_, at) => at % width);
    columnsWidth = width;
  }
  return columns;
}

/** Room for the places of so many pixels; what was in it is lost at the next call. */
export function roomFor(pixels: number): Uint32Array {
  if (places.length < pixels) places = new Uint32Array(pixels);
  return places;
}

/** The parts of `mask` that hang together by their sides and have `least` pixels, from the top. */
export function regionsOf(mask: Uint8Array, width: number, height: number, least: number): Region[] {
  const open = mask.slice();
  const columns = columnsOf(width, height);
  // Those found first are the region so far; those not yet looked around of are its end.
  const found = roomFor(open.length);
  const regions: Region[] = [];
  const lastRow = width * (height - 1);
  for (let seed = open.indexOf(1); seed >= 0; seed = open.indexOf(1, seed + 1)) {
    let [done, count] = [0, 1];
    open[seed] = 0;
    found[0] = seed;
    while (done < count) {
      const at = found[done++]!;
      const x = columns[at]!;
      if (x > 0 && open[at - 1] === 1) open[(found[count++] = at - 1)] = 0;
      if (x < width - 1 && open[at + 1] === 1) open[(found[count++] = at + 1)] = 0;
      if (at >= width && open[at - width] === 1) open[(found[count++] = at - width)] = 0;
      if (at < lastRow && open[at + width] === 1) open[(found[count++] = at + width)] = 0;
    }
    if (count >= least) regions.push(found.slice(0, count));
  }
  return regions;
}

/** Pixels within the convex hull of a region. */
export function hullArea(region: Region, width: number, height: number): number {
  const columns = columnsOf(width, height);
  const firsts = new Int32Array(height).fill(width);
  const lasts = new Int32Array(height).fill(-1);
  for (let i = 0; i < region.length; i++) {
    const x = columns[region[i]!]!;
    const y = ((region[i]! - x) / width) | 0;
    if (x < firsts[y]!) firsts[y] = x;
    if (x > lasts[y]!) lasts[y] = x;
  }
  const left: [number, number][] = [];
  const right: [number, number][] = [];
  for (let y = 0; y < height; y++) {
    if (lasts[y]! < 0) continue;
    for (const edge of [y, y + 1]) {
      extend(left, [firsts[y]!, edge], 1);
      extend(right, [lasts[y]! + 1, edge], -1);
    }
  }
  const outline = [...left, ...right.reverse()];
  let twice = 0;
  for (const [i, [x, y]] of outline.entries()) {
    const [nextX, nextY] = outline[(i + 1) % outline.length]!;
    twice += x * nextY - nextX * y;
  }
  return Math.abs(twice) / 2;
}

/** Adds a point to one side of a hull, from top to bottom, and takes away what now lies within (Andrew 1979). */
function extend(side: [number, number][], [x, y]: [number, number], turn: 1 | -1): void {
  while (side.length >= 2) {
    const [bx, by] = side[side.length - 1]!;
    const [ax, ay] = side[side.length - 2]!;
    if (turn * ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) < 0) break;
    side.pop();
  }
  side.push([x, y]);
}
