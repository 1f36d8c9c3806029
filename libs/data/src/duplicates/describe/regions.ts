import { runsOf } from './masks.ts';

/** Pixels of a mask that hang together. A mask is 1 or 0 for each pixel, row by row. */
export interface Region {
  readonly area: number;
  /** Where each run of pixels of one row starts and where it ends, from the top: two numbers a run. */
  readonly runs: readonly number[];
}

/** The parts of `mask` that hang together by their sides and have `least` pixels, from the top. */
export function regionsOf(mask: Uint8Array, width: number, height: number, least: number): Region[] {
  const runs = runsOf(mask, width, height);
  const count = runs.length / 2;
  /** Of each run one before it that it hangs together with, or itself. */
  const roots = new Int32Array(count);
  const rootOf = (run: number) => {
    let root = run;
    while (roots[root] !== root) root = roots[root] = roots[roots[root]!]!;
    return root;
  };
  // The first run of the row above that may touch the next one.
  let above = 0;
  for (let run = 0; run < count; run++) {
    const [start, end] = [runs[2 * run]!, runs[2 * run + 1]!];
    // Runs above that end before this one starts touch no later one, either.
    while (runs[2 * above + 1]! <= start - width) above++;
    let root = (roots[run] = run);
    for (let other = above; runs[2 * other]! < end - width; other++) {
      const next = rootOf(other);
      roots[Math.max(root, next)] = root = Math.min(root, next);
    }
  }
  return regionsOfRuns(
    runs,
    roots.map((_, run) => rootOf(run)),
    least,
  );
}

function regionsOfRuns(runs: Int32Array, roots: Int32Array, least: number): Region[] {
  const areas = new Uint32Array(roots.length);
  for (let run = 0; run < roots.length; run++) areas[roots[run]!]! += runs[2 * run + 1]! - runs[2 * run]!;
  const regions = new Map<number, number[]>();
  for (let run = 0; run < roots.length; run++) {
    const root = roots[run]!;
    if (areas[root]! < least) continue;
    const known = regions.get(root);
    if (known) known.push(runs[2 * run]!, runs[2 * run + 1]!);
    else regions.set(root, [runs[2 * run]!, runs[2 * run + 1]!]);
  }
  return [...regions].map(([root, ofRegion]) => ({ area: areas[root]!, runs: ofRegion }));
}

/** Pixels within the convex hull of a region. */
export function hullArea({ runs }: Region, width: number, height: number): number {
  const firsts = new Int32Array(height).fill(width);
  const lasts = new Int32Array(height).fill(-1);
  for (let i = 0; i < runs.length; i += 2) {
    const y = Math.floor(runs[i]! / width);
    firsts[y] = Math.min(firsts[y]!, runs[i]! - y * width);
    lasts[y] = Math.max(lasts[y]!, runs[i + 1]! - 1 - y * width);
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
