import { blur, halve, newPlane, type Plane } from './plane.ts';

/** Scales at which keypoints are looked for within one octave. */
export const scalesPerOctave = 2;
/** Blur of an octave's first level, in its own pixels. */
export const baseSigma = 1.2;
/** What a resampled image is blurred by already. */
const inputSigma = 0.5;
const firstVariance = baseSigma ** 2 - inputSigma ** 2;
const octaves = 3;
/** No keypoint has room in a smaller octave. */
const smallest = 16;

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
 * Builds the scale space of Lowe (2004), "Distinctive image features from scale-invariant keypoints", section 3. One after another
 * is built in the same memory: what `build` returns lasts until it is called again.
 */
export class ScaleSpaceBuilder {
  #space: readonly Octave[] = [];
  #scratch = newPlane(0, 0);

  build(image: Plane): readonly Octave[] {
    const { width, height } = image;
    if (this.#scratch.width !== width || this.#scratch.height !== height) {
      this.#scratch = newPlane(width, height);
      this.#space = newSpace(width, height);
    }
    const rows = this.#scratch.data;
    for (const [octave, { levels, differences }] of this.#space.entries()) {
      const first = levels[0]!;
      if (octave === 0) {
        // The second level is written over below.
        blur(image, firstVariance / 2, rows, levels[1]!);
        blur(levels[1]!, firstVariance / 2, rows, first);
      } else halve(this.#space[octave - 1]!.levels[scalesPerOctave]!, first);
      for (let i = 1; i < levels.length; i++) {
        const [from, to] = [sigmaOfLevel(i - 1), sigmaOfLevel(i)];
        blur(levels[i - 1]!, to * to - from * from, rows, levels[i]!, differences[i - 1]);
      }
    }
    return this.#space;
  }
}

function newSpace(width: number, height: number): Octave[] {
  const space: Octave[] = [];
  for (let octave = 0; octave < octaves; octave++) {
    const size = [width >> octave, height >> octave] as const;
    if (Math.min(...size) < smallest) break;
    const planes = (count: number) => Array.from({ length: count }, () => newPlane(...size));
    space.push({
      pixel: 2 ** octave,
      levels: planes(scalesPerOctave + 3),
      differences: planes(scalesPerOctave + 2),
    });
  }
  return space;
}
