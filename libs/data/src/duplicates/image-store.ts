import { descriptorLength, mirrored } from './describe/descriptors.ts';
import { mostKeypoints, plateSide, type ImageDescription } from './describe/describe-image.ts';
import { outlineWords } from './describe/outline.ts';
import type { GrainFile } from './grain-file.ts';

/** Bytes of a keypoint in each array. */
const keypointBytes = { keypoints: 16, sketches: 16, descriptors: descriptorLength } as const;
/** Bytes of an image in each array. */
const imageBytes = { frames: 4 * 4, wholes: 4 * outlineWords } as const;
/** Number of keypoints, width and height of the plate, 1 for a photograph or 2 for a drawing. */
const sizesLength = 4;

function sum(bytes: Readonly<Record<string, number>>): number {
  return Object.values(bytes).reduce((total, value) => total + value);
}

/** Bytes of the record in `content` that starts at `at` (see `ImageStore.parts`). */
export function recordLengthAt(content: Uint8Array, at: number): number {
  const [count, width, height] = content.subarray(at) as unknown as [number, number, number];
  return sizesLength + sum(imageBytes) + count * sum(keypointBytes) + 2 * width * height;
}

/**
 * The descriptions of many images in memory that threads share. What images have of one kind stands in one array, that of one image
 * behind that of another in the order in which they came, as long as each is: there is room for the largest, but what is not written
 * takes up no memory. Grain stands in a file. A sketch is 64 bits of a descriptor (which of its values lie above their mean) and 64 of its mirror image.
 */
export class ImageStore {
  readonly buffer: SharedArrayBuffer;
  readonly count: number;
  /** Four for each image. */
  readonly sizes: Uint8Array;
  /** Four for each keypoint, as in an `ImageDescription`. */
  readonly keypoints: Float32Array;
  /** Four for each keypoint. */
  readonly sketches: Int32Array;
  /** `descriptorLength` for each keypoint. */
  readonly descriptors: Uint8Array;
  readonly plates: Uint8Array;
  /** Of each of a plate's pixels a byte, as in `plates`: two bits for each of the image's four, as in an `ImageDescription`. */
  readonly grains: GrainFile;
  /** Four for each image, where its file lies around it (see `ImageDescription`). */
  readonly frames: Float32Array;
  /** `outlineWords` for each image, of its file as a whole. */
  readonly wholes: Int32Array;
  /** Places of each image's first keypoint and first pixel of its plate, then those behind the last image's. */
  readonly #firsts: Int32Array;

  /** In a file of its own, or in the memory and the file of another thread's. */
  constructor(count: number, grains: GrainFile, buffer?: SharedArrayBuffer) {
    const [mostPlaces, mostPixels] = [count * mostKeypoints, count * plateSide * plateSide];
    const firsts = 2 * (count + 1) * Int32Array.BYTES_PER_ELEMENT;
    this.buffer =
      buffer ??
      new SharedArrayBuffer(
        firsts + count * (sizesLength + sum(imageBytes)) + mostPlaces * sum(keypointBytes) + mostPixels,
      );
    this.count = count;
    this.grains = grains;
    let offset = 0;
    const next = (bytes: number) => (offset += bytes) - bytes;
    this.#firsts = new Int32Array(this.buffer, next(firsts), 2 * (count + 1));
    this.keypoints = new Float32Array(
      this.buffer,
      next(mostPlaces * keypointBytes.keypoints),
      mostPlaces * 4,
    );
    this.sketches = new Int32Array(this.buffer, next(mostPlaces * keypointBytes.sketches), mostPlaces * 4);
    this.frames = new Float32Array(this.buffer, next(count * imageBytes.frames), count * 4);
    this.wholes = new Int32Array(this.buffer, next(count * imageBytes.wholes), count * outlineWords);
    const bytes = (length: number) => new Uint8Array(this.buffer, next(length), length);
    this.sizes = bytes(count * sizesLength);
    this.descriptors = bytes(mostPlaces * keypointBytes.descriptors);
    this.plates = bytes(mostPixels);
  }

  /** Once for each image. */
  set(
    image: number,
    { keypoints, descriptors, plate, grain, isDrawing, frame, whole }: ImageDescription,
  ): void {
    const count = keypoints.length / 4;
    this.#reserve(image, [count, plate.width, plate.height, isDrawing ? 2 : 1]);
    const [first, base] = [this.firstKeypoint(image), this.firstPixel(image)];
    this.keypoints.set(keypoints, first * 4);
    this.descriptors.set(descriptors, first * descriptorLength);
    this.plates.set(plate.data, base);
    this.frames.set([frame.left, frame.top, frame.width, frame.height], image * 4);
    this.wholes.set(whole, image * outlineWords);
    this.grains.write(base, grain);
    for (let i = 0; i < count; i++)
      writeSketch(descriptors, i * descriptorLength, this.sketches, (first + i) * 4);
  }

  keypointCount(image: number): number {
    return this.sizes[image * sizesLength]!;
  }

  /** Place of an image's first keypoint among all. */
  firstKeypoint(image: number): number {
    return this.#firsts[image * 2]!;
  }

  /** Keypoints of all images so far. */
  get allKeypoints(): number {
    return this.firstKeypoint(this.count);
  }

  /** Place of the first pixel of an image's plate among all. */
  firstPixel(image: number): number {
    return this.#firsts[image * 2 + 1]!;
  }

  /** Pixels of an image's plate. */
  pixelCount(image: number): number {
    return this.sizes[image * sizesLength + 1]! * this.sizes[image * sizesLength + 2]!;
  }

  /** The pixels of an image's plate, row by row. */
  plate(image: number): Uint8Array {
    const base = this.firstPixel(image);
    return this.plates.subarray(base, base + this.pixelCount(image));
  }

  isDrawing(image: number): boolean {
    return this.sizes[image * sizesLength + 3] === 2;
  }

  /** The parts of one image's record, one behind another, as `write` takes it: its sizes, its places in each array, then its grain. */
  parts(image: number): Uint8Array[] {
    const grain = new Uint8Array(this.pixelCount(image));
    this.grains.read(this.firstPixel(image), grain);
    return [...this.#parts(image), grain];
  }

  #parts(image: number): Uint8Array[] {
    const count = this.keypointCount(image);
    const part = ({ byteOffset }: Uint8Array | Int32Array | Float32Array, first: number, bytes: number) =>
      new Uint8Array(this.buffer, byteOffset + first, bytes);
    const first = this.firstKeypoint(image);
    const kinds = Object.entries(keypointBytes) as [keyof typeof keypointBytes, number][];
    const ofImage = Object.entries(imageBytes) as [keyof typeof imageBytes, number][];
    return [
      part(this.sizes, image * sizesLength, sizesLength),
      ...ofImage.map(([kind, bytes]) => part(this[kind], image * bytes, bytes)),
      ...kinds.map(([kind, bytes]) => part(this[kind], first * bytes, count * bytes)),
      this.plate(image),
    ];
  }

  /** Takes the record in `content` that starts at `at`, once for each image. */
  write(image: number, content: Uint8Array, at: number): void {
    this.#reserve(image, content.subarray(at, at + sizesLength));
    let from = at;
    for (const part of this.#parts(image)) {
      part.set(content.subarray(from, from + part.length));
      from += part.length;
    }
    this.grains.write(this.firstPixel(image), content.subarray(from, from + this.pixelCount(image)));
  }

  #reserve(image: number, sizes: ArrayLike<number>): void {
    this.sizes.set(sizes, image * sizesLength);
    const end = 2 * this.count;
    this.#firsts[image * 2] = Atomics.add(this.#firsts, end, sizes[0]!);
    this.#firsts[image * 2 + 1] = Atomics.add(this.#firsts, end + 1, sizes[1]! * sizes[2]!);
  }
}

/** Writes to `to[place ...]` two words of 32 bits of the descriptor at `at`, the lowest bit its first value, and two of the mirror image's. */
function writeSketch(descriptors: Uint8Array, at: number, to: Int32Array, place: number): void {
  let sum = 0;
  for (let i = at; i < at + descriptorLength; i++) sum += descriptors[i]!;
  const mean = sum / descriptorLength;
  for (let word = 0; word < descriptorLength / 32; word++) {
    let [plain, mirror] = [0, 0];
    for (let bit = 0; bit < 32; bit++) {
      const i = 32 * word + bit;
      if (descriptors[at + i]! > mean) plain |= 1 << bit;
      if (descriptors[at + mirrored[i]!]! > mean) mirror |= 1 << bit;
    }
    to[place + word] = plain;
    to[place + 2 + word] = mirror;
  }
}
