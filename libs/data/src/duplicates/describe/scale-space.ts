import type { WasmMemory } from '@thaw/base';
import { Blur } from './blur.ts';
import { halve, type Plane } from './plane.ts';

/** Scales at which keypoints are looked for within one octave. */
export const scalesPerOctave = 2;
/** Blur of an octave's first level, in its own pixels. */
const baseSigma = 1.2;
/** What a resampled image is blurred by already. */
const inputSigma = 0.5;
const firstVariance = baseSigma ** 2 - inputSigma ** 2;
export const octaves = 3;
/** No keypoint has room in a smaller octave. */
const smallest = 16;
const levelCount = scalesPerOctave + 3;

/** One octave of Lowe's scale space: levels blurred by baseSigma * 2^(i / scalesPerOctave) and the differences of neighbours. */
export interface Octave {
  /** Side of its pixels in pixels of the image. */
  readonly pixel: number;
  readonly levels: readonly Plane[];
  readonly differences: readonly Plane[];
}

export function sigmaOfLevel(level: number): number {
  return baseSigma * 2 ** (level / scalesPerOctave);
}

/**
 * Builds the scale space of Lowe (2004), "Distinctive image features from scale-invariant keypoints", section 3, of images of at
 * most `side` pixels a side. One after another is built in the same memory: what `build` returns lasts until it is called again.
 */
export class ScaleSpaceBuilder {
  readonly #blur: Blur;
  readonly #image: Float32Array;
  /** Levels and differences of each octave, as large as they may become. */
  readonly #planes: readonly { readonly levels: Float32Array[]; readonly differences: Float32Array[] }[];

  constructor(memory: WasmMemory, side: number) {
    this.#blur = new Blur(memory, side);
    this.#image = memory.float32(side * side);
    this.#planes = Array.from({ length: octaves }, (_, octave) => {
      const planes = (count: number) =>
        Array.from({ length: count }, () => memory.float32((side >> octave) ** 2));
      return { levels: planes(levelCount), differences: planes(levelCount - 1) };
    });
  }

  /** Of the image whose pixels `draw` writes, row by row. There are fewer octaves of a small one, but one always. */
  build(width: number, height: number, draw: (pixels: Float32Array) => void): readonly Octave[] {
    const image = planeIn(this.#image, width, height);
    draw(image.data);
    const space = this.#octavesOf(width, height);
    for (const [octave, { levels, differences }] of space.entries()) {
      const first = levels[0]!;
      if (octave === 0) {
        // What is written to the second level and the differences is written over below.
        this.#blur.blur(image, firstVariance / 2, levels[1]!, differences[0]!);
        this.#blur.blur(levels[1]!, firstVariance / 2, first, differences[0]!);
      } else halve(space[octave - 1]!.levels[scalesPerOctave]!, first);
      for (let i = 1; i < levels.length; i++) {
        const [from, to] = [sigmaOfLevel(i - 1), sigmaOfLevel(i)];
        this.#blur.blur(levels[i - 1]!, to * to - from * from, levels[i]!, differences[i - 1]!);
      }
    }
    return space;
  }

  #octavesOf(width: number, height: number): Octave[] {
    const space: Octave[] = [];
    for (const [octave, { levels, differences }] of this.#planes.entries()) {
      const size = [width >> octave, height >> octave] as const;
      if (octave > 0 && Math.min(...size) < smallest) break;
      const planes = (arrays: Float32Array[]) => arrays.map((array) => planeIn(array, ...size));
      space.push({ pixel: 2 ** octave, levels: planes(levels), differences: planes(differences) });
    }
    return space;
  }
}

/** The plane that takes up the first values of an array. */
function planeIn(array: Float32Array, width: number, height: number): Plane {
  if (width * height > array.length) throw new RangeError(`${width} x ${height} pixels have no room.`);
  return { width, height, data: array.subarray(0, width * height) };
}
