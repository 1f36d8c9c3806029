import { wasmBytes, WasmMemory } from '@thaw/base';
import type { ImageStore } from '../image-store.ts';
import { bitWords, bytesOf, cells, outlineWords, writeOutline } from '../describe/outline.ts';
import { distances, type DistanceFunctions } from './distances.ts';

/** Words that the kernel compares. */
const kernelWords = 6;
/** Bits in which an outline differs at most from another or its negative. */
const mostDiffering = (cells * cells) / 2;
/** Images whose bits are nearest, which are compared by their bytes. */
const shortlist = 80;
/** Cosine of the bytes of images that may be copies. */
const leastCosine = 0.4;

/** An image that looks like another as a whole, or like its negative. */
export interface Lookalike {
  readonly image: number;
  readonly isInverted: boolean;
  /** Whether the files are alike as wholes, with what is around their pictures; otherwise the pictures are. */
  readonly isWhole: boolean;
}

/** The part of a plate that shows its photograph, from its first to its last row and column. */
export function pictureBounds(store: ImageStore, image: number) {
  const [width, height] = [store.sizes[image * 4 + 1]!, store.sizes[image * 4 + 2]!];
  const { plates } = store;
  const base = store.firstPixel(image);
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0, row = base; y < height; y++, row += width) {
    let first = 0;
    while (first < width && plates[row + first] === 0) first++;
    if (first === width) continue;
    let last = width - 1;
    while (last > right && plates[row + last] === 0) last--;
    left = Math.min(left, first);
    right = Math.max(right, last);
    top = Math.min(top, y);
    bottom = y;
  }
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/**
 * Writes two outlines of an image to `to`, where those of files stand behind those of pictures: of what its plate shows of its
 * photograph, and of the file as a whole.
 */
export function writeOutlines(store: ImageStore, image: number, to: Int32Array): void {
  const { left, top, width, height } = pictureBounds(store, image);
  const stride = store.sizes[image * 4 + 1]!;
  const first = store.firstPixel(image) + top * stride + left;
  const [picture, whole] = [image * outlineWords, (store.count + image) * outlineWords];
  writeOutline({ data: store.plates, first, stride, width, height }, to, picture);
  if (hasFrame(store, image)) to.set(store.wholes.subarray(picture, picture + outlineWords), whole);
  else to.copyWithin(whole, picture, picture + outlineWords);
}

/** Whether there is much around the picture in an image's file. */
function hasFrame(store: ImageStore, image: number): boolean {
  return store.frames[image * 4 + 2]! > 0;
}

/** Finds images whose pictures look alike, and files that do where there is much around one's picture. */
export class LookalikeSearch {
  readonly #store: ImageStore;
  readonly #pictures: OutlineSearch;
  readonly #wholes: OutlineSearch;

  /** Of outlines that `writeOutlines` wrote. */
  constructor(store: ImageStore, outlines: Int32Array) {
    this.#store = store;
    this.#pictures = new OutlineSearch(outlines.subarray(0, outlines.length / 2));
    this.#wholes = new OutlineSearch(outlines.subarray(outlines.length / 2));
  }

  /** The `most` nearest of each kind. */
  lookalikes(image: number, most: number): Lookalike[] {
    const alike = (search: OutlineSearch, isWhole: boolean) =>
      search.nearest(image, most).map((found) => ({ ...found, isWhole }));
    return [
      ...alike(this.#pictures, false),
      ...(hasFrame(this.#store, image) ? alike(this.#wholes, true) : []),
    ];
  }
}

/** Finds the nearest among all outlines: so many bits are compared by a kernel (`distances.wat`) that it costs little. */
export class OutlineSearch {
  readonly #outlines: Int32Array;
  /** The bits of each image's outline, and room up to a whole number of 64. */
  readonly #bits: Int32Array;
  /** In how many bits each image, or its negative, differs from the one that was asked for last. */
  readonly #differing: Uint8Array;
  /** How many images differ in so many bits. */
  readonly #counts: Int32Array;
  readonly #near: Int32Array;
  readonly #functions: Pick<DistanceFunctions, 'outlines' | 'placesWithin'>;

  constructor(outlines: Int32Array) {
    const count = outlines.length / outlineWords;
    const memory = new WasmMemory(
      wasmBytes(4 * kernelWords * count) +
        wasmBytes(count) +
        wasmBytes(4 * (mostDiffering + 1)) +
        wasmBytes(4 * count),
    );
    this.#outlines = outlines;
    this.#bits = memory.int32(kernelWords * count);
    this.#differing = memory.uint8(count);
    this.#counts = memory.int32(mostDiffering + 1);
    this.#near = memory.int32(count);
    this.#functions = distances.in(memory);
    for (let image = 0; image < count; image++) {
      const at = image * outlineWords;
      this.#bits.set(outlines.subarray(at, at + bitWords), image * kernelWords);
    }
  }

  /** The `most` images whose outlines are nearest an image's, or its negative's; of equals those that come first. */
  nearest(image: number, most: number): Omit<Lookalike, 'isWhole'>[] {
    const own = bytesOf(this.#outlines, image * outlineWords);
    return this.#shortlist(image)
      .map((other) => ({
        image: other,
        cosine: cosineOf(own, bytesOf(this.#outlines, other * outlineWords)),
      }))
      .filter(({ cosine }) => Math.abs(cosine) >= leastCosine)
      .sort((x, y) => Math.abs(y.cosine) - Math.abs(x.cosine) || x.image - y.image)
      .slice(0, most)
      .map(({ image: other, cosine }) => ({ image: other, isInverted: cosine < 0 }));
  }

  /** The other images whose bits, or their opposites, are nearest: as many as the shortlist holds, of equals the first. */
  #shortlist(image: number): number[] {
    const { byteOffset } = this.#bits;
    const differing = this.#differing;
    const own = byteOffset + 4 * kernelWords * image;
    const count = differing.length;
    const counts = this.#counts.fill(0);
    this.#functions.outlines(own, byteOffset, count, cells * cells, differing.byteOffset, counts.byteOffset);
    // The image itself.
    counts[0]!--;
    let [limit, room] = [0, shortlist];
    while (limit < mostDiffering && counts[limit]! <= room) room -= counts[limit++]!;
    const found = this.#functions.placesWithin(differing.byteOffset, count, limit, this.#near.byteOffset);
    const near: number[] = [];
    for (const other of this.#near.subarray(0, found)) {
      if (other === image) continue;
      if (differing[other]! < limit || room-- > 0) near.push(other);
    }
    return near;
  }
}

function cosineOf(a: Int8Array, b: Int8Array): number {
  let [product, squaresA, squaresB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    product += a[i]! * b[i]!;
    squaresA += a[i]! ** 2;
    squaresB += b[i]! ** 2;
  }
  return product / Math.sqrt(squaresA * squaresB || 1);
}
