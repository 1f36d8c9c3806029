import { WasmKernel, type WasmMemory } from '@thaw/base';

interface Functions {
  /** Addresses, then pixels. */
  erode(...[from, to, width, height]: number[]): void;
}

const kernel = new WasmKernel<Functions>(new URL('erosion.wasm', import.meta.url));

/** Erodes masks of at most `side` pixels a side. */
export class Erosion {
  readonly #functions: Functions;
  readonly #valid: Uint8Array;

  constructor(memory: WasmMemory, side: number) {
    this.#functions = kernel.in(memory);
    this.#valid = memory.uint8(side * side);
  }

  /**
   * Writes valid pixels (1) whose eight neighbours are valid too to `to`, which lies in the memory; the outermost rows and columns
   * keep their own value.
   */
  erode(valid: Uint8Array, width: number, height: number, to: Uint8Array): void {
    this.#valid.set(valid);
    this.#functions.erode(this.#valid.byteOffset, to.byteOffset, width, height);
  }
}
