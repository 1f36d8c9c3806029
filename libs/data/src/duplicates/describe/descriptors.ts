import type { WasmMemory } from '@thaw/base';
import { gradients, type GradientFunctions } from './gradients.ts';
import type { Keypoint } from './keypoints.ts';
import type { Octave } from './scale-space.ts';

/** Cells a side, and values in each: gradients along, against, and to both sides of the keypoint's direction. */
const cells = 4;
const channels = 4;
export const descriptorLength = cells * cells * channels;
/** Samples a side, and in all. */
const side = 12;
const samples = side * side;
/** A cell reaches to the middles of its neighbours. */
const samplesPerCell = (2 * (side / cells) - 1) ** 2;
/** Side of a cell in sigmas. */
const cellSide = 2.5;
/** No single gradient may make up more of a descriptor's length than this (Lowe 2004). */
const clip = 0.25;
/** Length of a descriptor. */
const length = 510;

/** Writes descriptors of keypoints in scale spaces that lie in the memory. */
export class DescriptorWriter {
  readonly #functions: GradientFunctions;
  /** Where each sample lies, in samples from the middle. */
  readonly #u: Float32Array;
  readonly #v: Float32Array;
  /** Of each cell the samples that it sums up, in bytes from the first one's gradient, and their shares. */
  readonly #offsets: Int32Array;
  readonly #shares: Float32Array;
  /** Four values of each sample, then of each cell. */
  readonly #gradients: Float32Array;
  readonly #sums: Float32Array;
  readonly #packed: Uint8Array;

  constructor(memory: WasmMemory) {
    this.#functions = gradients.in(memory);
    this.#u = memory.float32(samples);
    this.#v = memory.float32(samples);
    this.#offsets = memory.int32(cells * cells * samplesPerCell);
    this.#shares = memory.float32(cells * cells * samplesPerCell);
    this.#gradients = memory.float32(samples * channels);
    this.#sums = memory.float32(descriptorLength);
    this.#packed = memory.uint8(descriptorLength);
    for (let sample = 0; sample < samples; sample++) {
      this.#u[sample] = (sample % side) + 0.5 - side / 2;
      this.#v[sample] = Math.floor(sample / side) + 0.5 - side / 2;
    }
    for (let cell = 0; cell < cells * cells; cell++) this.#fillCell(cell);
  }

  /** A sample counts for a cell by how near it is to the cell's middle and to the window's; those that are left over by nothing. */
  #fillCell(cell: number): void {
    let at = cell * samplesPerCell;
    for (let sample = 0; sample < samples; sample++) {
      const [u, v] = [this.#u[sample]!, this.#v[sample]!];
      const across = 1 - Math.abs(((u + side / 2) * cells) / side - 0.5 - (cell % cells));
      const down = 1 - Math.abs(((v + side / 2) * cells) / side - 0.5 - Math.floor(cell / cells));
      if (across < 1e-9 || down < 1e-9) continue;
      this.#offsets[at] = sample * channels * Float32Array.BYTES_PER_ELEMENT;
      this.#shares[at++] = across * down * Math.exp((-4 * (u * u + v * v)) / (side * side));
    }
  }

  /**
   * Writes the descriptor of a keypoint to `to[at ...]`: half-wave rectified gradients in 4 x 4 cells of a window turned into its
   * direction, 64 values of length about 510, cut off at 255. Gradients where `valid` (of the octave's pixels, in the memory) is 0
   * do not count. In the manner of SIFT (Lowe 2004) and SURF (Bay et al. 2008).
   */
  write(
    { x, y, sigma, angle, level }: Keypoint,
    { levels, pixel }: Octave,
    valid: Uint8Array,
    to: Uint8Array,
    at: number,
  ): void {
    const { width, height, data } = levels[level]!;
    const [gradients, sums] = [this.#gradients.byteOffset, this.#sums];
    this.#functions.turnedGradients(
      data.byteOffset,
      valid.byteOffset,
      width,
      height,
      // Half a pixel more, so that cutting off rounds.
      x / pixel + 0.5,
      y / pixel + 0.5,
      ((sigma / pixel) * cellSide * cells) / side,
      Math.cos(angle),
      Math.sin(angle),
      this.#u.byteOffset,
      this.#v.byteOffset,
      this.#u.byteLength,
      gradients,
    );
    this.#functions.sumCells(
      gradients,
      this.#offsets.byteOffset,
      this.#shares.byteOffset,
      samplesPerCell,
      cells * cells,
      sums.byteOffset,
    );
    this.#functions.pack(sums.byteOffset, sums.byteLength, clip, length, this.#packed.byteOffset);
    to.set(this.#packed, at);
  }
}

/** Where each value of a mirrored image's descriptor stands in the plain one: rows from the end, both sides swapped. */
export const mirrored = Uint8Array.from({ length: descriptorLength }, (_, i) => {
  const channel = i % channels;
  const column = Math.floor(i / channels) % cells;
  const row = Math.floor(i / channels / cells);
  const opposite = channel === 2 ? 3 : channel === 3 ? 2 : channel;
  return ((cells - 1 - row) * cells + column) * channels + opposite;
});
