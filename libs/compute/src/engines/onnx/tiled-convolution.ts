import type { ConvStep } from '../steps.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';

/** Pixels along a tile of the output, and values along what a tile is computed by. */
const [side, points] = [4, 6];

/** Winograd's F(4, 3) with the points 0, 1, -1, 2, -2 and infinity (Lavin and Gray 2016, arXiv 1509.09308): of the input, */
const ofInput = [
  [4, 0, -5, 0, 1, 0],
  [0, -4, -4, 1, 1, 0],
  [0, 4, -4, -1, 1, 0],
  [0, -2, -1, 2, 1, 0],
  [0, 2, -1, -2, 1, 0],
  [0, 4, 0, -5, 0, 1],
];
/** of the kernel, */
const ofKernel = [
  [1 / 4, 0, 0],
  [-1 / 6, -1 / 6, -1 / 6],
  [-1 / 6, 1 / 6, -1 / 6],
  [1 / 24, 1 / 12, 1 / 6],
  [1 / 24, -1 / 12, 1 / 6],
  [0, 0, 1],
];
/** and of the output. */
const ofOutput = [
  [1, 1, 1, 1, 1, 0],
  [0, 1, -1, 2, -2, 0],
  [0, 1, 1, 4, 4, 0],
  [0, 1, -1, 8, -8, 1],
];

/** An image's rows, or its columns, as a convolution reads and writes them. */
interface Side {
  readonly input: number;
  readonly output: number;
  /** Zeros before the input. */
  readonly before: number;
}

/**
 * A convolution of 3x3 without strides by tiles of 4x4 pixels: of each 36 values, in which kernel and image are multiplied channel by
 * channel, a quarter of the products. Images are [height * width, batch, channels], of any batch size, so that tiles are taken out and
 * put together by two matrix products; what a matrix does beyond the few pixels that a tile needs is multiplied by zero.
 */
export class TiledConvolution {
  readonly #graph: GraphBuilder;
  readonly #sides: readonly [rows: Side, columns: Side];

  constructor(graph: GraphBuilder, { inputShape, outputShape, padding }: ConvStep) {
    this.#graph = graph;
    this.#sides = [
      { input: inputShape.height, output: outputShape.height, before: padding.top },
      { input: inputShape.width, output: outputShape.width, before: padding.left },
    ];
  }

  /** [9 * in, out] to [36, in, out]. */
  kernel(weights: Value, inChannels: number, outChannels: number): Value {
    const taps = this.#graph.reshape(weights, 9, inChannels * outChannels);
    const values = this.#graph.op('MatMul', [this.#graph.floats(kernelMatrix, [points ** 2, 9]), taps]);
    return this.#graph.reshape(values, points ** 2, inChannels, outChannels);
  }

  /** The gradient of [9 * in, out] from that of [36, in, out]. */
  kernelBack(gradient: Value, inChannels: number, outChannels: number): Value {
    const values = this.#graph.reshape(gradient, points ** 2, inChannels * outChannels);
    const matrix = this.#graph.floats(kernelMatrix, [points ** 2, 9]);
    const taps = this.#graph.op('Gemm', [matrix, values], { transA: { int: 1 } });
    return this.#graph.reshape(taps, 9 * inChannels, outChannels);
  }

  /** Images to their tiles, [36, tiles * batch, channels]. */
  tiles(pixels: Value, channels: number): Value {
    return this.#spread(pixels, inputBands, channels);
  }

  /** Tiles, multiplied by the kernel, to images. */
  image(products: Value, channels: number): Value {
    return this.#gather(products, outputBands, ({ output }) => output, channels);
  }

  /** The gradient of the products from that of the images. */
  imageBack(gradient: Value, channels: number): Value {
    return this.#spread(gradient, outputBands, channels);
  }

  /** The gradient of the images from that of their tiles. */
  tilesBack(gradient: Value, channels: number): Value {
    return this.#gather(gradient, inputBands, ({ input }) => input, channels);
  }

  #spread(pixels: Value, bands: Bands, channels: number): Value {
    const graph = this.#graph;
    const [rows, columns] = this.#sides;
    const [down, across] = [bands(rows), bands(columns)];
    const byRows = graph.op('MatMul', [this.#matrix(down), graph.reshape(pixels, down.length, -1)]);
    const whole = graph.reshape(byRows, points * tilesAlong(rows), across.length, -1);
    const both = graph.op('MatMul', [this.#matrix(across), whole]);
    const split = graph.reshape(both, points, tilesAlong(rows), points, -1);
    return graph.reshape(graph.transpose(split, 0, 2, 1, 3), points ** 2, -1, channels);
  }

  #gather(products: Value, bands: Bands, length: (side: Side) => number, channels: number): Value {
    const graph = this.#graph;
    const [rows, columns] = this.#sides;
    const split = graph.reshape(products, points, points, tilesAlong(rows), -1);
    const byTiles = graph.transpose(split, 0, 2, 1, 3);
    const whole = graph.reshape(byTiles, points * tilesAlong(rows), points * tilesAlong(columns), -1);
    const byRows = graph.op('MatMul', [this.#matrix(bands(columns), true), whole]);
    const both = graph.op('MatMul', [
      this.#matrix(bands(rows), true),
      graph.reshape(byRows, points * tilesAlong(rows), -1),
    ]);
    return graph.reshape(both, length(rows) * length(columns), -1, channels);
  }

  #matrix({ values, length }: Banded, transposed = false): Value {
    const height = values.length / length;
    if (!transposed) return this.#graph.floats(values, [height, length]);
    const turned = values.map((_, i) => values[(i % height) * length + Math.floor(i / height)]!);
    return this.#graph.floats(turned, [length, height]);
  }
}

/** Whether tiles take less time than the convolution as it is, for so many images at once. */
export function paysByTiles(
  { convolution, inputShape, outputShape, padding }: ConvStep,
  batch: number,
): boolean {
  if (convolution?.type !== 'Conv2D' || convolution.kernelSize !== 3 || convolution.strides !== 1)
    return false;
  const { height, width } = outputShape;
  const [ins, outs] = [inputShape.channels, outputShape.channels];
  const [down, across] = [Math.ceil(height / side), Math.ceil(width / side)];
  const tiles = down * across;
  // Multiplications, or what takes as long; the constants fit convolutions of 7x7 to 28x28 pixels on AVX2.
  const products = points ** 2 * ins * outs * (tiles * batch + packing);
  const matrices = 2 * points * down * width * (height + points * across);
  const passes = 15 * points ** 2 * tiles;
  const isInside = Math.max(padding.top, padding.left) < 3;
  return (
    isInside &&
    products + batch * (ins + outs) * (matrices + passes) < 0.8 * 9 * height * width * batch * ins * outs
  );
}

/** Values of the tiles for each of an image. */
export function tileValues({ height, width }: ConvStep['outputShape']): number {
  return (points ** 2 * Math.ceil(height / side) * Math.ceil(width / side)) / (height * width);
}

/** Rows of a matrix product that take as long as bringing the kernel into order for it. */
const packing = 16;

/** A matrix of rows of this length. */
interface Banded {
  readonly values: Float32Array;
  readonly length: number;
}

type Bands = (side: Side) => Banded;

/** [6 * tiles, input]: the same of every tile of the input. */
function inputBands(along: Side): Banded {
  return bandsOf(along, along.input, ofInput, along.before);
}

/** [6 * tiles, output]: what each value of a tile gives to the output. */
function outputBands(along: Side): Banded {
  const turned = ofInput.map((_, point) => ofOutput.map((row) => row[point]!));
  return bandsOf(along, along.output, turned, 0);
}

function bandsOf(along: Side, length: number, tile: readonly (readonly number[])[], before: number): Banded {
  const tiles = tilesAlong(along);
  const values = new Float32Array(points * tiles * length);
  for (const [point, row] of tile.entries()) {
    for (let at = 0; at < tiles; at++) {
      for (const [i, value] of row.entries()) {
        const pixel = side * at + i - before;
        if (pixel >= 0 && pixel < length) values[(point * tiles + at) * length + pixel] = value;
      }
    }
  }
  return { values, length };
}

function tilesAlong({ output }: Side): number {
  return Math.ceil(output / side);
}

/** [36, 9] */
const kernelMatrix = Float32Array.from(
  ofKernel.flatMap((down) => ofKernel.flatMap((across) => down.flatMap((a) => across.map((b) => a * b)))),
);
