import { readFileSync } from 'node:fs';
import type { Adam } from '../optimizer.ts';
import type { Updater } from './updater.ts';

/** `step` of adam.wat: addresses, a length in bytes, then 1 - beta_1, 1 - beta_2, the step size and epsilon. */
type Step = (
  ...[weights, gradient, momentum, velocity, bytes, toGradient, toSquare, stepSize, epsilon]: number[]
) => void;

interface Place {
  readonly weights: number;
  readonly gradient: number;
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
 * a head trains. Weights, gradients and state lie in its memory. Float32 throughout, with the bias correction folded into the
 * step size as Keras does.
 */
export class SimdAdam implements Updater {
  readonly weights: readonly Float32Array[];
  readonly gradients: readonly Float32Array[];
  readonly states: readonly (readonly Float32Array[])[];
  readonly #adam: Adam;
  readonly #places: readonly Place[];
  readonly #step: Step;

  constructor(adam: Adam, initial: readonly Float32Array[]) {
    this.#adam = adam;
    let end = 0;
    const take = (bytes: number) => (end += bytes) - bytes;
    this.#places = initial.map((each) => {
      const bytes = paddedBytes(each);
      return {
        weights: take(bytes),
        gradient: take(bytes),
        momentum: take(bytes),
        velocity: take(bytes),
        bytes,
      };
    });
    const pages = Math.ceil(end / pageBytes);
    const memory = new Memory({ initial: pages, maximum: pages });
    const array = (i: number, address: number) =>
      new Float32Array(memory.buffer, address, initial[i]!.length);
    this.weights = this.#places.map(({ weights }, i) => array(i, weights));
    this.gradients = this.#places.map(({ gradient }, i) => array(i, gradient));
    this.states = this.#places.map(({ momentum, velocity }, i) => [array(i, momentum), array(i, velocity)]);
    initial.forEach((each, i) => {
      this.weights[i]!.set(each);
    });
    compiled ??= new Module(readFileSync(new URL('adam.wasm', import.meta.url)));
    this.#step = new Instance(compiled, { thaw: { memory } }).exports.step;
  }

  update(learningRate: number, iteration: number): void {
    const { beta_1, beta_2, epsilon } = this.#adam;
    const stepSize = (learningRate * Math.sqrt(1 - beta_2 ** iteration)) / (1 - beta_1 ** iteration);
    for (const { weights, gradient, momentum, velocity, bytes } of this.#places) {
      this.#step(weights, gradient, momentum, velocity, bytes, 1 - beta_1, 1 - beta_2, stepSize, epsilon);
    }
  }
}

function paddedBytes({ byteLength }: Float32Array): number {
  return Math.ceil(byteLength / vectorBytes) * vectorBytes;
}
