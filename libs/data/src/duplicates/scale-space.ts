import { blur, halve, type Plane } from './plane.ts';

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

/** The scale space of Lowe (2004), "Distinctive image features from scale-invariant keypoints", section 3. */
export function buildScaleSpace(image: Plane): Octave[] {
  const space: Octave[] = [];
  let first = blur(blur(image, firstVariance / 2), firstVariance / 2);
  for (let octave = 0; octave < octaves; octave++) {
    if (Math.min(first.width, first.height) < smallest) break;
    const levels = [first];
    for (let i = 1; i < scalesPerOctave + 3; i++) {
      const [from, to] = [sigmaOfLevel(i - 1), sigmaOfLevel(i)];
      levels.push(blur(levels[i - 1]!, to * to - from * from));
    }
    const differences = levels.slice(1).map((level, i) => difference(level, levels[i]!));
    space.push({ pixel: 2 ** octave, levels, differences });
    first = halve(levels[scalesPerOctave]!);
  }
  return space;
}

function difference(a: Plane, b: Plane): Plane {
  const data = new Float32Array(a.data.length);
  for (let i = 0; i < data.length; i++) data[i] = a.data[i]! - b.data[i]!;
  return { ...a, data };
}
