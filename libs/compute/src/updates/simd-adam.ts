import { sum, wasmBytes, WasmKernel, WasmMemory } from '@thaw/base';
import type { Adam } from '../optimizer.ts';
import type { Updater } from './updater.ts';

interface Functions {
  /** Addresses, a length in bytes, then 1 - beta_1, 1 - beta_2, the step size and epsilon. */
  step(
    ...[weights, gradient, momentum, velocity, bytes, toGradient, toSquare, stepSize, epsilon]: number[]
  ): void;
}

const kernel = new WasmKernel<Functions>(new URL('adam.wasm', import.meta.url));

/**
 * Adam in WebAssembly, several times faster than a loop in TypeScript, which takes longer than the rest of a step where only
 * a head trains. Weights, gradients and state lie in its memory. Float32 throughout, with the bias correction folded into the
 * step size as Keras does.
 */
export class SimdAdam implements Updater {
  readonly weights: readonly Float32Array[];
  readonly gradients: readonly Float32Array[];
  readonly states: readonly (readonly [momentum: Float32Array, velocity: Float32Array])[];
  readonly #adam: Adam;
  readonly #factors: readonly number[];
  readonly #step: Functions['step'];

  /** `factors` of the learning rate, one for each of the weights. */
  constructor(adam: Adam, initial: readonly Float32Array[], factors: readonly number[]) {
    this.#adam = adam;
    this.#factors = factors;
    const bytes = initial.map(({ byteLength }) => 4 * wasmBytes(byteLength));
    const memory = new WasmMemory(sum(bytes));
    this.weights = initial.map(({ length }) => memory.float32(length));
    this.gradients = initial.map(({ length }) => memory.float32(length));
    this.states = initial.map(({ length }) => [memory.float32(length), memory.float32(length)]);
    initial.forEach((each, i) => {
      this.weights[i]!.set(each);
    });
    this.#step = kernel.in(memory).step;
  }

  update(learningRate: number, iteration: number): void {
    const { beta_1, beta_2, epsilon } = this.#adam;
    const stepSize = (learningRate * Math.sqrt(1 - beta_2 ** iteration)) / (1 - beta_1 ** iteration);
    this.weights.forEach(({ byteOffset, byteLength }, i) => {
      const [gradient, [momentum, velocity]] = [this.gradients[i]!, this.states[i]!];
      this.#step(
        byteOffset,
        gradient.byteOffset,
        momentum.byteOffset,
        velocity.byteOffset,
        byteLength,
        1 - beta_1,
        1 - beta_2,
        stepSize * this.#factors[i]!,
        epsilon,
      );
    });
  }
}
