import type { ImageStore } from '../image-store.ts';
import { block, type BlockPulls } from './block-pulls.ts';
import type { ResampledPlates } from './resampled-plate.ts';
import type { Warp } from './warp.ts';

/** How much neighbouring blocks are held together: less than a block that shows a little holds to its own place. */
const stiffness = 1;
const rounds = 10;
/** Times that every block is settled between its neighbours within a round. */
const sweeps = 12;
/** Pixels of a plate by which a block may be moved: elastic copies move less, another photograph would be bent into place. */
const farthest = 4;

/**
 * Bends one plate onto another, block by block, as a rubber sheet: what a smooth map leaves over of elastic copies, or of a page that
 * was not flat. Each block follows what its pixels say, held by its neighbours.
 */
export class PlateBender {
  readonly #plates: ResampledPlates;
  readonly #pulls: BlockPulls;

  constructor(plates: ResampledPlates, pulls: BlockPulls) {
    this.#plates = plates;
    this.#pulls = pulls;
  }

  /** From plates that are drawn under a warp; leaves them drawn bent. */
  bend(store: ImageStore, a: number, b: number, warp: Warp, isInverted: boolean): void {
    const { columns, rows } = this.#pulls;
    if (columns * rows === 0) return;
    const moves = new Float64Array(2 * columns * rows);
    this.#pulls.under(warp);
    for (let round = 0; round < rounds; round++) {
      this.#settle(moves, columns, rows);
      this.#spread(moves, columns, rows);
      this.#plates.draw(store, a, b, warp, isInverted, true);
    }
  }

  /** Moves each block to where its own pull and those of its neighbours are in balance (Gauss and Seidel's method). */
  #settle(moves: Float64Array, columns: number, rows: number): void {
    const pulls = this.#pulls;
    const equations = new Float64Array(5 * columns * rows);
    for (let row = 0, i = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++, i++) {
        if (!pulls.ask(column, row)) continue;
        const { xx, xy, yy, xe, ye } = pulls;
        const [u, v] = [moves[2 * i]!, moves[2 * i + 1]!];
        equations.set([xx, xy, yy, xe + xx * u + xy * v, ye + xy * u + yy * v], 5 * i);
      }
    }
    for (let sweep = 0; sweep < sweeps; sweep++) {
      for (let row = 0, i = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++, i++) {
          const left = column > 0 ? 2 * (i - 1) : -1;
          const right = column < columns - 1 ? 2 * (i + 1) : -1;
          const above = row > 0 ? 2 * (i - columns) : -1;
          const below = row < rows - 1 ? 2 * (i + columns) : -1;
          let [u, v, count] = [0, 0, 0];
          if (left >= 0) [u, v, count] = [u + moves[left]!, v + moves[left + 1]!, count + 1];
          if (right >= 0) [u, v, count] = [u + moves[right]!, v + moves[right + 1]!, count + 1];
          if (above >= 0) [u, v, count] = [u + moves[above]!, v + moves[above + 1]!, count + 1];
          if (below >= 0) [u, v, count] = [u + moves[below]!, v + moves[below + 1]!, count + 1];
          const xx = equations[5 * i]! + stiffness * count;
          const xy = equations[5 * i + 1]!;
          const yy = equations[5 * i + 2]! + stiffness * count;
          const xe = equations[5 * i + 3]! + stiffness * u;
          const ye = equations[5 * i + 4]! + stiffness * v;
          const determinant = xx * yy - xy * xy || 1;
          moves[2 * i] = within((xe * yy - ye * xy) / determinant);
          moves[2 * i + 1] = within((ye * xx - xe * xy) / determinant);
        }
      }
    }
  }

  /** Writes to the plates' offsets what pixels between the blocks' middles are moved by. */
  #spread(moves: Float64Array, columns: number, rows: number): void {
    const { offsets, width, height, stride } = this.#plates;
    const [byX, byY] = [offsets.x, offsets.y];
    const [beside, below] = [columns > 1 ? 2 : 0, rows > 1 ? 2 * columns : 0];
    for (let y = 0; y < height; y++) {
      const down = placeAmong(y, rows);
      const top = Math.min(Math.floor(down), Math.max(0, rows - 2));
      const along = down - top;
      for (let x = 0; x < width; x++) {
        const right = placeAmong(x, columns);
        const left = Math.min(Math.floor(right), Math.max(0, columns - 2));
        const across = right - left;
        const at = 2 * (top * columns + left);
        const [p, q] = [(1 - across) * (1 - along), across * (1 - along)];
        const [r, s] = [(1 - across) * along, across * along];
        const to = y * stride + x;
        const [next, under, last] = [at + beside, at + below, at + below + beside];
        byX[to] = p * moves[at]! + q * moves[next]! + r * moves[under]! + s * moves[last]!;
        byY[to] = p * moves[at + 1]! + q * moves[next + 1]! + r * moves[under + 1]! + s * moves[last + 1]!;
      }
    }
  }
}

/** Where a pixel lies among the middles of so many blocks, from the first one's (0) to the last one's. */
function placeAmong(pixel: number, blocks: number): number {
  return Math.max(0, Math.min(blocks - 1, (pixel - block / 2 - 0.5) / block));
}

function within(move: number): number {
  return Math.max(-farthest, Math.min(farthest, move));
}
