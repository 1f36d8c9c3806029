import { WasmKernel } from '@thaw/base';

/** Functions of gradients.wat; addresses and lengths in bytes, places and sizes in pixels. */
export interface GradientFunctions {
  addDirections(
    ...[data, width, height, x, y, radius, u, v, weights, bytes, scale, histogram]: number[]
  ): void;
  turnedGradients(...[data, valid, width, height, x, y, step, cos, sin, u, v, bytes, to]: number[]): void;
  sumCells(...[gradients, offsets, shares, samples, cells, sums]: number[]): void;
  pack(...[sums, bytes, clip, one, to]: number[]): void;
}

export const gradients = new WasmKernel<GradientFunctions>(new URL('gradients.wasm', import.meta.url));
