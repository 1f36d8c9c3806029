import { readFileSync } from 'node:fs';

/** What is used of WebAssembly; the types of Node leave it out. */
interface WebAssemblyUsed {
  readonly Memory: new (pages: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
}
const { Memory, Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyUsed }).WebAssembly;

const pageBytes = 2 ** 16;
/** Kernels take so many bytes at a time; an array's last ones may be nobody's. */
const vectorBytes = 16;

/** Bytes that an array of so many takes up in a `WasmMemory`. */
export function wasmBytes(bytes: number): number {
  return (Math.ceil(bytes / vectorBytes) + 1) * vectorBytes;
}

/**
 * Memory of a fixed size that kernels and TypeScript share. Arrays in it start at a multiple of 16 bytes, which are zero at first;
 * a kernel knows them by their `byteOffset` and may read and write the vector behind their last one. Throws a RangeError
 * when it is full.
 */
export class WasmMemory {
  readonly memory: { readonly buffer: ArrayBuffer };
  #end = vectorBytes;

  /** Room for arrays of `bytes` bytes in all, each counted by `wasmBytes`. */
  constructor(bytes: number) {
    const pages = Math.ceil((vectorBytes + bytes) / pageBytes);
    this.memory = new Memory({ initial: pages, maximum: pages });
  }

  float32(length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.memory.buffer, this.#take(4 * length), length);
  }

  int32(length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.memory.buffer, this.#take(4 * length), length);
  }

  uint8(length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.memory.buffer, this.#take(length), length);
  }

  #take(bytes: number): number {
    const start = this.#end;
    this.#end += wasmBytes(bytes);
    if (this.#end > this.memory.buffer.byteLength) throw new RangeError('A WasmMemory is full.');
    return start;
  }
}

/** Functions in WebAssembly, in a file that was built from the text (.wat) beside it; compiled when they are first asked for. */
export class WasmKernel<Functions extends object> {
  readonly #file: URL;
  #module: object | undefined;

  constructor(file: URL) {
    this.#file = file;
  }

  /** The functions, which compute in the memory. */
  in({ memory }: WasmMemory): Functions {
    this.#module ??= new Module(readFileSync(this.#file));
    return new Instance(this.#module, { thaw: { memory } }).exports as Functions;
  }
}
