import { WasmKernel, type WasmMemory } from '@thaw/base';
import type { Plane } from './plane.ts';

/** Functions of blur.wat; addresses and lengths in bytes, `height` and the reach of columns in pixels. */
interface Functions {
  blurRows(...[from, to, line, row, height, reach, weight]: number[]): void;
  blurColumns(...[rows, to, before, change, row, height, reach, weight]: number[]): void;
}

const kernel = new WasmKernel<Functions>(new URL('blur.wasm', import.meta.url));
const valueBytes = Float32Array.BYTES_PER_ELEMENT;

/** Blurs planes of at most `side` pixels a side that lie in the memory. */
export class Blur {
  readonly #functions: Functions;
  /** What one pass leaves for the next, and one row with its edges. */
  readonly #rows: Float32Array;
  readonly #line: Float32Array;

  constructor(memory: WasmMemory, side: number) {
    this.#functions = kernel.in(memory);
    this.#rows = memory.float32(side * side);
    this.#line = memory.float32(3 * side);
  }

  /**
   * Writes the plane to `to`, blurred so that the variance of its blur grows by `variance` (square pixels, less than 2/3 of
   * `side` squared), and what that changed to `change`. Three taps `reach` pixels apart along rows, then along columns, on what
   * the last level left smooth (the "à trous" scheme, Holschneider et al. 1989): several times faster than sampling a Gaussian.
   * Beyond its edges the plane goes on as its outermost pixels.
   */
  blur({ width, height, data }: Plane, variance: number, to: Plane, change: Plane): void {
    const reach = Math.max(1, Math.ceil(Math.sqrt(1.5 * variance) - 1e-9));
    const weight = variance / (2 * reach * reach);
    const row = width * valueBytes;
    const [from, rows, line] = [data.byteOffset, this.#rows.byteOffset, this.#line.byteOffset];
    this.#functions.blurRows(from, rows, line, row, height, reach * valueBytes, weight);
    const [blurred, changed] = [to.data.byteOffset, change.data.byteOffset];
    this.#functions.blurColumns(rows, blurred, from, changed, row, height, reach, weight);
  }
}
