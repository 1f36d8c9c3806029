import { descriptorLength, mirrored } from './describe/descriptors.ts';
import { mostKeypoints, plateSide, workingSide, type ImageDescription } from './describe/describe-image.ts';

const bytesOf = {
  keypoints: mostKeypoints * 4 * Float32Array.BYTES_PER_ELEMENT,
  sketches: mostKeypoints * 4 * Int32Array.BYTES_PER_ELEMENT,
  descriptors: mostKeypoints * descriptorLength,
  plates: plateSide * plateSide,
  /** Two bits a pixel. */
  grains: (workingSide * workingSide) / 4,
  /** Number of keypoints, width and height of the plate, 1 for a photograph or 2 for a drawing. */
  sizes: 4,
} as const;

/** Bytes of one image in a store. */
export const recordLength = Object.values(bytesOf).reduce((sum, bytes) => sum + bytes);

/**
 * The descriptions of many images in memory that threads share: every array holds the same number of places for each image. A
 * sketch is 64 bits of a descriptor (which of its values lie above their mean) and 64 of its mirror image.
 */
export class ImageStore {
  readonly buffer: SharedArrayBuffer;
  readonly count: number;
  readonly keypoints: Float32Array;
  readonly sketches: Int32Array;
  readonly descriptors: Uint8Array;
  readonly plates: Uint8Array;
  readonly grains: Uint8Array;
  readonly sizes: Uint8Array;

  constructor(count: number, buffer = new SharedArrayBuffer(count * recordLength)) {
    this.buffer = buffer;
    this.count = count;
    let offset = 0;
    const next = (bytes: number) => (offset += bytes * count) - bytes * count;
    this.keypoints = new Float32Array(buffer, next(bytesOf.keypoints), (count * bytesOf.keypoints) / 4);
    this.sketches = new Int32Array(buffer, next(bytesOf.sketches), (count * bytesOf.sketches) / 4);
    this.descriptors = new Uint8Array(buffer, next(bytesOf.descriptors), count * bytesOf.descriptors);
    this.plates = new Uint8Array(buffer, next(bytesOf.plates), count * bytesOf.plates);
    this.grains = new Uint8Array(buffer, next(bytesOf.grains), count * bytesOf.grains);
    this.sizes = new Uint8Array(buffer, next(bytesOf.sizes), count * bytesOf.sizes);
  }

  set(image: number, { keypoints, descriptors, plate, grain, isDrawing }: ImageDescription): void {
    const count = keypoints.length / 4;
    this.keypoints.set(keypoints, image * mostKeypoints * 4);
    this.descriptors.set(descriptors, image * mostKeypoints * descriptorLength);
    this.plates.set(plate.data, image * plateSide * plateSide);
    const base = image * bytesOf.grains;
    this.grains.fill(0, base, base + bytesOf.grains);
    for (let i = 0; i < grain.length; i += 4) {
      this.grains[base + (i >> 2)] =
        grain[i]! | (grain[i + 1]! << 2) | (grain[i + 2]! << 4) | (grain[i + 3]! << 6);
    }
    this.sizes.set([count, plate.width, plate.height, isDrawing ? 2 : 1], image * 4);
    for (let i = 0; i < count; i++) {
      const at = i * descriptorLength;
      const descriptor = descriptors.subarray(at, at + descriptorLength);
      this.sketches.set(sketch(descriptor), (image * mostKeypoints + i) * 4);
    }
  }

  keypointCount(image: number): number {
    return this.sizes[image * 4]!;
  }

  /** Of the pixel at `i` of an image (see `ImageDescription`). */
  grain(image: number, i: number): number {
    return (this.grains[image * bytesOf.grains + (i >> 2)]! >> (2 * (i & 3))) & 3;
  }

  isDrawing(image: number): boolean {
    return this.sizes[image * 4 + 3] === 2;
  }

  /** One image's record, as `write` takes it. */
  read(image: number): Uint8Array {
    const record = new Uint8Array(recordLength);
    let to = 0;
    for (const part of this.#parts(image)) {
      record.set(part, to);
      to += part.length;
    }
    return record;
  }

  write(image: number, record: Uint8Array): void {
    let from = 0;
    for (const part of this.#parts(image)) {
      part.set(record.subarray(from, from + part.length));
      from += part.length;
    }
  }

  #parts(image: number): Uint8Array[] {
    let start = 0;
    return Object.values(bytesOf).map((bytes) => {
      const part = new Uint8Array(this.buffer, start + image * bytes, bytes);
      start += bytes * this.count;
      return part;
    });
  }
}

function sketch(descriptor: Uint8Array): [number, number, number, number] {
  let mean = 0;
  for (const value of descriptor) mean += value / descriptor.length;
  const bits: [number, number, number, number] = [0, 0, 0, 0];
  for (let i = 0; i < descriptorLength; i++) {
    const word = i >> 5;
    const bit = 1 << (i & 31);
    if (descriptor[i]! > mean) bits[word] = bits[word]! | bit;
    if (descriptor[mirrored[i]!]! > mean) bits[2 + word] = bits[2 + word]! | bit;
  }
  return bits;
}
