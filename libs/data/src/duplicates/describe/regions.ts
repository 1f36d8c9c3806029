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
  // None hangs on a later one.
  for (let run = 0; run < count; run++) roots[run] = roots[roots[run]!]!;
  return regionsOfRuns(runs, roots, least);
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
  const [left, right] = [new Side(1), new Side(-1)];
  for (let y = 0; y < height; y++) {
    if (lasts[y]! < 0) continue;
    for (let edge = y; edge <= y + 1; edge++) {
      left.extend(firsts[y]!, edge);
      right.extend(lasts[y]! + 1, edge);
    }
  }
  const xs = [...left.xs, ...right.xs.reverse()];
  const ys = [...left.ys, ...right.ys.reverse()];
  let twice = 0;
  for (let i = 0, before = xs.length - 1; i < xs.length; before = i++)
    twice += xs[before]! * ys[i]! - xs[i]! * ys[before]!;
  return Math.abs(twice) / 2;
}

/** Corners of one side of a hull, from top to bottom: the left one turns by 1, the right one by -1. */
class Side {
  readonly xs: number[] = [];
  readonly ys: number[] = [];
  readonly #turn: 1 | -1;

  constructor(turn: 1 | -1) {
    this.#turn = turn;
  }

  /** Adds a point and takes away what now lies within (Andrew 1979). */
  extend(x: number, y: number): void {
    const { xs, ys } = this;
    for (let last = xs.length - 1; last >= 1; last--) {
      const [ax, ay, bx, by] = [xs[last - 1]!, ys[last - 1]!, xs[last]!, ys[last]!];
      if (this.#turn * ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) < 0) break;
      xs.pop();
      ys.pop();
    }
    xs.push(x);
    ys.push(y);
  }
}
