import type { WasmMemory } from '@thaw/base';
import { peak, type Extremum } from './extrema.ts';
import { gradients, type GradientFunctions } from './gradients.ts';
import type { Octave } from './scale-space.ts';

const bins = 36;
/** A second direction counts where it is nearly as strong. */
const secondPeak = 0.8;

/** Samples across the window whose gradients give a keypoint its direction, each with its place and weight. */
const windowSide = 13;
const samples = Array.from({ length: windowSide ** 2 }, (_, i) => ({
  u: ((i % windowSide) - (windowSide - 1) / 2) / (windowSide / 2),
  v: (Math.floor(i / windowSide) - (windowSide - 1) / 2) / (windowSide / 2),
})).filter(({ u, v }) => u * u + v * v <= 1);
/** Gradients are taken by fours; the last ones have no weight. */
const sampleCount = Math.ceil(samples.length / 4) * 4;
/** Radius of that window in sigmas. */
const windowRadius = 3.75;

/** Finds the directions of extrema in scale spaces that lie in the memory. */
export class DirectionFinder {
  readonly #addDirections: GradientFunctions['addDirections'];
  readonly #u: Float32Array;
  readonly #v: Float32Array;
  readonly #weights: Float32Array;
  /** From half a turn back to half a turn on, the last bin being the first one again. */
  readonly #halves: Float32Array;
  readonly #histogram = new Float32Array(bins);
  readonly #smooth = new Float32Array(bins);

  constructor(memory: WasmMemory) {
    this.#addDirections = gradients.in(memory).addDirections;
    this.#u = memory.float32(sampleCount);
    this.#v = memory.float32(sampleCount);
    this.#weights = memory.float32(sampleCount);
    this.#halves = memory.float32(bins + 2);
    for (const [i, { u, v }] of samples.entries()) {
      this.#u[i] = u;
      this.#v[i] = v;
      this.#weights[i] = Math.exp(-3 * (u * u + v * v));
    }
  }

  /** The peaks of the gradients' directions around an extremum (Lowe 2004, section 5), at most two, the strongest first. */
  of({ x, y, level, sigma }: Extremum, { levels, pixel }: Octave): number[] {
    const { width, height, data } = levels[level]!;
    const halves = this.#halves.fill(0);
    this.#addDirections(
      data.byteOffset,
      width,
      height,
      // Half a pixel more, so that cutting off rounds.
      x / pixel + 0.5,
      y / pixel + 0.5,
      (windowRadius * sigma) / pixel,
      this.#u.byteOffset,
      this.#v.byteOffset,
      this.#weights.byteOffset,
      this.#u.byteLength,
      bins / (2 * Math.PI),
      halves.byteOffset,
    );
    const histogram = this.#histogram;
    for (let i = 0; i < bins; i++) histogram[(i + bins / 2) % bins] = halves[i]!;
    histogram[bins / 2] = histogram[bins / 2]! + halves[bins]!;
    smooth(histogram, this.#smooth);
    smooth(this.#smooth, histogram);
    return peaksOf(histogram);
  }
}

function smooth(histogram: Float32Array, to: Float32Array): void {
  let before = histogram[bins - 1]!;
  for (let i = 0; i < bins; i++) {
    const here = histogram[i]!;
    to[i] = (before + here + histogram[i + 1 < bins ? i + 1 : 0]!) / 3;
    before = here;
  }
}

function peaksOf(histogram: Float32Array): number[] {
  let highest = 0;
  for (let i = 0; i < bins; i++) highest = Math.max(highest, histogram[i]!);
  if (highest === 0) return [0];
  const peaks: { height: number; angle: number }[] = [];
  for (let i = 0; i < bins; i++) {
    const here = histogram[i]!;
    if (here < secondPeak * highest) continue;
    const before = histogram[(i + bins - 1) % bins]!;
    const after = histogram[(i + 1) % bins]!;
    if (here <= before || here < after) continue;
    peaks.push({ height: here, angle: ((i + peak(before, here, after)) * 2 * Math.PI) / bins });
  }
  peaks.sort((a, b) => b.height - a.height);
  return peaks.slice(0, 2).map(({ angle }) => angle);
}
