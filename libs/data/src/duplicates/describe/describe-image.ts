import { WasmMemory } from '@thaw/base';
import { halveMask } from './border-mask.ts';
import type { Picture } from './decode-picture.ts';
import { DescriptorWriter, descriptorLength } from './descriptors.ts';
import { isDrawing } from './drawings.ts';
import { Erosion } from './erosion.ts';
import { KeypointFinder } from './keypoints.ts';
import type { Plane } from './plane.ts';
import { PlaneMaker } from './planes.ts';
import { octaves, ScaleSpaceBuilder } from './scale-space.ts';

/** Longer side of the images that are described. */
export const workingSide = 160;
/** Longer side of a plate; one of its pixels is two of the image's. */
export const plateSide = workingSide / 2;
export const mostKeypoints = 60;

/** What an image is recognised by. Lengths are in pixels of the image brought to `workingSide`. */
export interface ImageDescription {
  /** x, y, log2 of sigma, angle of each. */
  readonly keypoints: Float32Array;
  /** `descriptorLength` bytes of each. */
  readonly descriptors: Uint8Array;
  /** Grey values from 1 to 255 at half the size, 0 where the photograph ends. */
  readonly plate: { readonly width: number; readonly height: number; readonly data: Uint8Array };
  /** Of every pixel of the plate's width and height twice, whether it is brighter or darker than what surrounds it (see `PlaneMaker`). */
  readonly grain: Uint8Array;
  /** Whether it is a drawing in two tones (see `isDrawing`). */
  readonly isDrawing: boolean;
  /** Where its file lies around it, and the file's outline; of no width where the file is the picture. */
  readonly frame: Picture['frame'];
  readonly whole: Int32Array;
}

/** What a describer needs: pixels 20 times over, in octaves, and little besides. */
const memoryBytes = 2 * 2 ** 20;

let describer: ImageDescriber | undefined;

/** Describes a picture whose longer side is at most `workingSide`. Each thread does so in memory of its own. */
export function describeImage(picture: Picture): ImageDescription {
  describer ??= new ImageDescriber();
  return describer.describe(picture);
}

class ImageDescriber {
  readonly #planes: PlaneMaker;
  readonly #grey: Float32Array;
  readonly #spaces: ScaleSpaceBuilder;
  readonly #keypoints: KeypointFinder;
  readonly #descriptors: DescriptorWriter;
  readonly #erosion: Erosion;
  /** Of each octave, the pixels whose gradients count. */
  readonly #masks: readonly Uint8Array[];
  /** Pixels that no border was blurred with. */
  readonly #clear: Uint8Array;

  constructor() {
    const memory = new WasmMemory(memoryBytes);
    this.#planes = new PlaneMaker(memory, workingSide);
    this.#grey = memory.float32(workingSide ** 2);
    this.#spaces = new ScaleSpaceBuilder(memory, workingSide);
    this.#keypoints = new KeypointFinder(memory, workingSide);
    this.#descriptors = new DescriptorWriter(memory);
    this.#erosion = new Erosion(memory, workingSide);
    this.#masks = Array.from({ length: octaves }, (_, octave) => memory.uint8((workingSide >> octave) ** 2));
    this.#clear = memory.uint8(workingSide ** 2);
  }

  describe({ image, valid: mask, frame, whole }: Picture): ImageDescription {
    const { width, height } = image;
    const grey = { width, height, data: this.#grey.subarray(0, width * height) };
    this.#planes.brightness(image.data, grey);
    fillMasked(grey.data, mask, width);
    const space = this.#spaces.build(width, height, (pixels) => pixels.set(grey.data));
    const found = this.#keypoints.find(space, mask, mostKeypoints);
    let half: Uint8Array = mask;
    for (const [i, { levels }] of space.entries()) {
      const [first, before] = [levels[0]!, space[i - 1]?.levels[0]];
      if (before) half = halveMask(half, before.width, before.height);
      this.#erosion.erode(half, first.width, first.height, this.#masks[i]!);
    }
    const keypoints = new Float32Array(found.length * 4);
    const descriptors = new Uint8Array(found.length * descriptorLength);
    for (const [i, keypoint] of found.entries()) {
      keypoints.set([keypoint.x, keypoint.y, Math.log2(keypoint.sigma), keypoint.angle], i * 4);
      const { octave } = keypoint;
      this.#descriptors.write(
        keypoint,
        space[octave]!,
        this.#masks[octave]!,
        descriptors,
        i * descriptorLength,
      );
    }
    const level = space[0]!.levels[1]!;
    this.#erosion.erode(mask, width, height, this.#clear);
    this.#erosion.erode(this.#clear, width, height, this.#clear);
    const plate = plateOf(level, this.#clear, width, height);
    return {
      keypoints,
      descriptors,
      plate,
      grain: this.#planes.grain(grey, level),
      isDrawing: isDrawing(plate),
      frame,
      whole,
    };
  }
}

/** What is masked goes on as the nearest pixel of its row, so that the border leaves no edge. */
function fillMasked(grey: Float32Array, valid: Uint8Array, width: number): void {
  let filledRow = -1;
  for (let row = 0; row < grey.length; row += width) {
    const first = valid.indexOf(1, row) - row;
    if (first < 0 || first >= width) {
      if (filledRow >= 0) grey.copyWithin(row, filledRow, filledRow + width);
      continue;
    }
    const last = valid.lastIndexOf(1, row + width - 1) - row;
    grey.fill(grey[row + first]!, row, row + first);
    grey.fill(grey[row + last]!, row + last + 1, row + width);
    if (filledRow < 0)
      for (let above = 0; above < row; above += width) grey.copyWithin(above, row, row + width);
    filledRow = row;
  }
}

function plateOf(level: Plane, valid: Uint8Array, width: number, height: number): ImageDescription['plate'] {
  const [plateWidth, plateHeight] = [width >> 1, height >> 1];
  const mask = halveMask(valid, width, height);
  const data = new Uint8Array(plateWidth * plateHeight);
  const values = level.data;
  for (let y = 0, to = 0; y < plateHeight; y++) {
    for (let x = 0, at = 2 * y * width; x < plateWidth; x++, at += 2, to++) {
      if (mask[to] === 0) continue;
      const sum = values[at]! + values[at + 1]! + values[at + width]! + values[at + width + 1]!;
      // Cut off, half a level more rounds.
      const value = (sum / 4 + 0.5) | 0;
      data[to] = value < 1 ? 1 : value > 255 ? 255 : value;
    }
  }
  return { width: plateWidth, height: plateHeight, data };
}
