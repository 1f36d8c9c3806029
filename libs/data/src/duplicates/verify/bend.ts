import type { ImageStore } from '../image-store.ts';
import { block, type BlockPulls } from './block-pulls.ts';
import type { ResampledPlates } from './resampled-plate.ts';
import type { Warp } from './warp.ts';

/** How much neighbouring blocks are held together: about as a block that shows a little holds to its own place. */
const stiffness = 3;
const rounds = 3;
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
          let [u, v, count] = [0, 0, 0];
          const add = (other: number) => {
            u += moves[2 * other]!;
            v += moves[2 * other + 1]!;
            count++;
          };
          if (column > 0) add(i - 1);
          if (column < columns - 1) add(i + 1);
          if (row > 0) add(i - columns);
          if (row < rows - 1) add(i + columns);
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
    for (let y = 0; y < height; y++) {
      const down = Math.max(0, Math.min(rows - 1, (y - block / 2 - 0.5) / block));
      const top = Math.min(Math.floor(down), Math.max(0, rows - 2));
      const below = rows > 1 ? 2 * columns : 0;
      for (let x = 0; x < width; x++) {
        const right = Math.max(0, Math.min(columns - 1, (x - block / 2 - 0.5) / block));
        const left = Math.min(Math.floor(right), Math.max(0, columns - 2));
        const [across, along] = [right - left, down - top];
        const at = 2 * (top * columns + left);
        const beside = columns > 1 ? 2 : 0;
        const between = (k: number) =>
          (moves[k]! * (1 - across) + moves[k + beside]! * across) * (1 - along) +
          (moves[k + below]! * (1 - across) + moves[k + below + beside]! * across) * along;
        offsets.x[y * stride + x] = between(at);
        offsets.y[y * stride + x] = between(at + 1);
      }
    }
  }
}

function within(move: number): number {
  return Math.max(-farthest, Math.min(farthest, move));
}
