import { readFileSync } from 'node:fs';
import type { Adam } from '../optimizer.ts';
import type { Updater } from './updater.ts';

/** `step` of adam.wat: addresses, a length in bytes, then 1 - beta_1, 1 - beta_2, the step size and epsilon. */
type Step = (
  ...[weights, gradient, momentum, velocity, bytes, toGradient, toSquare, stepSize, epsilon]: number[]
) => void;

interface Place {
  readonly weights: number;
  readonly momentum: number;
  readonly velocity: number;
  readonly bytes: number;
}

/** What is used of WebAssembly; the types of Node leave it out. */
interface WebAssemblyUsed {
  readonly Memory: new (pages: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: { readonly step: Step } };
}
const { Memory, Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyUsed }).WebAssembly;

const pageBytes = 2 ** 16;
/** The kernel takes four weights at a time; those behind the last are nobody's. */
const vectorBytes = 16;

let compiled: object | undefined;

/**
 * Adam in WebAssembly, several times faster than a loop in TypeScript, which takes longer than the rest of a step where only
 * a head trains. Weights and state lie in its memory. Float32 throughout, with the bias correction folded into the step size
 * as Keras does.
 */
export class SimdAdam implements Updater {
  readonly weights: readonly Float32Array[];
  readonly states: readonly (readonly Float32Array[])[];
  readonly #adam: Adam;
  readonly #places: readonly Place[];
  readonly #gradient: Float32Array;
  readonly #step: Step;

  constructor(adam: Adam, initial: readonly Float32Array[]) {
    this.#adam = adam;
    let end = Math.max(0, ...initial.map(paddedBytes));
    const take = (bytes: number) => (end += bytes) - bytes;
    this.#places = initial.map((each) => {
      const bytes = paddedBytes(each);
      return { weights: take(bytes), momentum: take(bytes), velocity: take(bytes), bytes };
    });
    const pages = Math.ceil(end / pageBytes);
    const memory = new Memory({ initial: pages, maximum: pages });
    this.#gradient = new Float32Array(memory.buffer, 0, (this.#places[0]?.weights ?? 0) / 4);
    this.weights = initial.map((each, i) => {
      const weights = new Float32Array(memory.buffer, this.#places[i]!.weights, each.length);
      weights.set(each);
      return weights;
    });
    this.states = initial.map(({ length }, i) => {
      const { momentum, velocity } = this.#places[i]!;
      return [momentum, velocity].map((address) => new Float32Array(memory.buffer, address, length));
    });
    compiled ??= new Module(readFileSync(new URL('adam.wasm', import.meta.url)));
    this.#step = new Instance(compiled, { thaw: { memory } }).exports.step;
  }

  update(index: number, gradient: Float32Array, learningRate: number, iteration: number): void {
    const { weights, momentum, velocity, bytes } = this.#places[index]!;
    const { beta_1, beta_2, epsilon } = this.#adam;
    const stepSize = (learningRate * Math.sqrt(1 - beta_2 ** iteration)) / (1 - beta_1 ** iteration);
    this.#gradient.set(gradient);
    this.#step(weights, 0, momentum, velocity, bytes, 1 - beta_1, 1 - beta_2, stepSize, epsilon);
  }
}

function paddedBytes({ byteLength }: Float32Array): number {
  return Math.ceil(byteLength / vectorBytes) * vectorBytes;
}
