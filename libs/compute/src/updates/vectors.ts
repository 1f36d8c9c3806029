import { WasmKernel, type WasmMemory } from '@thaw/base';

interface Functions {
  scale(a: number, bytes: number, x: number): void;
  mix(a: number, b: number, bytes: number, x: number, y: number): void;
  squares(a: number, bytes: number): number;
}

const kernel = new WasmKernel<Functions>(new URL('vectors.wasm', import.meta.url));

/** What updates do to whole arrays of one `WasmMemory`, in WebAssembly: a loop in TypeScript takes longer than a step of a small head. */
export class Vectors {
  readonly #functions: Functions;

  constructor(memory: WasmMemory) {
    this.#functions = kernel.in(memory);
  }

  /** a = a x */
  scale({ byteOffset, byteLength }: Float32Array, x: number): void {
    this.#functions.scale(byteOffset, byteLength, x);
  }

  /** a = a x + b y; both are equally long. */
  mix(a: Float32Array, b: Float32Array, x: number, y: number): void {
    this.#functions.mix(a.byteOffset, b.byteOffset, a.byteLength, x, y);
  }

  /** The sum of squares, added up in float64. */
  squares({ byteOffset, byteLength }: Float32Array): number {
    return this.#functions.squares(byteOffset, byteLength);
  }
}
