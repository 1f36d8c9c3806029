import { WasmKernel } from '@thaw/base';

/** Functions of distances.wat; addresses in bytes. */
export interface DistanceFunctions {
  nearestCenters(...[values, length, centers, count]: number[]): number;
  outlines(...[own, others, count, bits, to, counts]: number[]): void;
  placesWithin(...[from, count, limit, to]: number[]): number;
  match(
    ...[
      sketchesA,
      descriptorsA,
      countA,
      keypointsB,
      sketchesB,
      descriptorsB,
      countB,
      mirror,
      bits,
      farthest,
      next,
      ratio,
      apart,
      to,
    ]: number[]
  ): void;
}

export const distances = new WasmKernel<DistanceFunctions>(new URL('distances.wasm', import.meta.url));
