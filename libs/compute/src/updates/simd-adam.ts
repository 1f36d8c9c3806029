import { WasmKernel, type WasmMemory } from '@thaw/base';
import type { Adam } from '../optimizer.ts';
import type { Update } from './update-rules.ts';

interface Functions {
  /** Addresses, a length in bytes, then 1 - beta_1, 1 - beta_2, the step size and epsilon. */
  step(
    ...[weights, gradient, momentum, velocity, bytes, toGradient, toSquare, stepSize, epsilon]: number[]
  ): void;
}

const kernel = new WasmKernel<Functions>(new URL('adam.wasm', import.meta.url));

/**
 * Adam in WebAssembly, several times faster than a loop in TypeScript, which takes longer than the rest of a step where only
 * a head trains. All arrays lie in the memory. Float32 throughout, with the bias correction folded into the step size as Keras
 * does.
 */
export function simdAdam({ beta_1, beta_2, epsilon }: Adam, memory: WasmMemory): Update {
  const { step } = kernel.in(memory);
  return (weights, gradient, [momentum, velocity], { learningRate, iteration }) => {
    const stepSize = (learningRate * Math.sqrt(1 - beta_2 ** iteration)) / (1 - beta_1 ** iteration);
    step(
      weights.byteOffset,
      gradient.byteOffset,
      momentum!.byteOffset,
      velocity!.byteOffset,
      weights.byteLength,
      1 - beta_1,
      1 - beta_2,
      stepSize,
      epsilon,
    );
  };
}
