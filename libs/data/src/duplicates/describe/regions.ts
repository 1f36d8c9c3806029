/** Pixels of a mask that hang together, by their places in it. A mask is 1 or 0 for each pixel, row by row. */
export type Region = Uint32Array;

/** The parts of `mask` that hang together by their sides and have `least` pixels, from the top. */
export function regionsOf(mask: Uint8Array, width: number, height: number, least: number): Region[] {
  const open = mask.slice();
  // Those found first are the region so far; those not yet looked around of are its end.
  const found = new Uint32Array(open.length);
  const regions: Region[] = [];
  for (let seed = open.indexOf(1); seed >= 0; seed = open.indexOf(1, seed + 1)) {
    let [done, count] = [0, 1];
    open[seed] = 0;
    found[0] = seed;
    while (done < count) {
      const at = found[done++]!;
      const x = at % width;
      if (x > 0 && open[at - 1] === 1) open[(found[count++] = at - 1)] = 0;
      if (x < width - 1 && open[at + 1] === 1) open[(found[count++] = at + 1)] = 0;
      if (at >= width && open[at - width] === 1) open[(found[count++] = at - width)] = 0;
      if (at < width * (height - 1) && open[at + width] === 1) open[(found[count++] = at + width)] = 0;
    }
    if (count >= least) regions.push(found.slice(0, count));
  }
  return regions;
}

/** Pixels within the convex hull of a region. */
export function hullArea(region: Region, width: number, height: number): number {
  const firsts = new Int32Array(height).fill(width);
  const lasts = new Int32Array(height).fill(-1);
  for (const at of region) {
    const y = Math.floor(at / width);
    const x = at - y * width;
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
