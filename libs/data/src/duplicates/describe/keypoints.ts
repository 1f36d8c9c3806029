import type { WasmMemory } from '@thaw/base';
import { DirectionFinder } from './directions.ts';
import { ExtremumFinder, type Extremum } from './extrema.ts';
import type { Octave } from './scale-space.ts';

/** A place that is found again in a copy: a blob's middle, its size and direction. */
export interface Keypoint extends Extremum {
  /** Of its strongest gradients, in radians from the x axis towards the y axis. */
  readonly angle: number;
}

/** Share of the extrema, from the second octave on, that come first: an enlarged crop has these alone in common with its photograph. */
const large = 0.25;

/** Finds the keypoints of scale spaces of at most `side` pixels a side that lie in the memory. */
export class KeypointFinder {
  readonly #extrema: ExtremumFinder;
  readonly #directions: DirectionFinder;

  constructor(memory: WasmMemory, side: number) {
    this.#extrema = new ExtremumFinder(memory, side);
    this.#directions = new DirectionFinder(memory);
  }

  /**
   * The `most` strongest extrema of the scale space, a quarter of them large ones if there are so many, with a keypoint for each of up to
   * two directions; strongest first. Places where `valid` (the image's pixels, 1 or 0) ends within their own radius do not count.
   */
  find(space: readonly Octave[], valid: Uint8Array, most: number): Keypoint[] {
    const extrema = this.#extrema.find(space, valid, most);
    const first = new Set(extrema.filter(({ octave }) => octave > 0).slice(0, large * most));
    const keypoints: Keypoint[] = [];
    for (const extremum of [...first, ...extrema.filter((extremum) => !first.has(extremum))]) {
      if (keypoints.length >= most) break;
      for (const angle of this.#directions.of(extremum, space[extremum.octave]!)) {
        const { x, y, sigma, octave, level, strength } = extremum;
        if (keypoints.length < most) keypoints.push({ x, y, sigma, octave, level, strength, angle });
      }
    }
    return keypoints.sort((a, b) => b.strength - a.strength);
  }
}
