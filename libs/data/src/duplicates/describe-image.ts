import type { RgbImage } from '../images/rgb-image.ts';
import { erode, halveMask, maskBorders } from './border-mask.ts';
import { describeKeypoint, descriptorLength } from './descriptors.ts';
import { findKeypoints } from './keypoints.ts';
import type { Plane } from './plane.ts';
import { ScaleSpaceBuilder } from './scale-space.ts';

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
}

const scaleSpaces = new ScaleSpaceBuilder();

export function describeImage(image: RgbImage): ImageDescription {
  const { width, height } = image;
  const mask = maskBorders(image);
  const space = scaleSpaces.build(greyOf(image, mask));
  const masks = [mask];
  for (const { levels } of space.slice(0, -1)) {
    masks.push(halveMask(masks.at(-1)!, levels[0]!.width, levels[0]!.height));
  }
  const found = findKeypoints(space, mask, mostKeypoints);
  const eroded = masks.map((valid, i) =>
    erode(valid, space[i]!.levels[0]!.width, space[i]!.levels[0]!.height),
  );
  const keypoints = new Float32Array(found.length * 4);
  const descriptors = new Uint8Array(found.length * descriptorLength);
  for (const [i, keypoint] of found.entries()) {
    keypoints.set([keypoint.x, keypoint.y, Math.log2(keypoint.sigma), keypoint.angle], i * 4);
    const { octave } = keypoint;
    describeKeypoint(keypoint, space[octave]!, eroded[octave]!, descriptors, i * descriptorLength);
  }
  return { keypoints, descriptors, plate: plateOf(space[0]!.levels[1]!, mask, width, height) };
}

/**
 * Brightness, 0 to 255 (green counts most, as it does in luma). What is masked goes on as the nearest pixel of its row, so that
 * the border leaves no edge.
 */
function greyOf({ width, height, data }: RgbImage, valid: Uint8Array): Plane {
  const grey = new Float32Array(width * height);
  for (let i = 0, from = 0; i < grey.length; i++, from += 3) {
    grey[i] = 0.3 * data[from]! + 0.59 * data[from + 1]! + 0.11 * data[from + 2]!;
  }
  let filledRow = -1;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const first = valid.subarray(row, row + width).indexOf(1);
    if (first < 0) {
      if (filledRow >= 0) grey.copyWithin(row, filledRow, filledRow + width);
      continue;
    }
    const last = valid.subarray(row, row + width).lastIndexOf(1);
    grey.fill(grey[row + first]!, row, row + first);
    grey.fill(grey[row + last]!, row + last + 1, row + width);
    if (filledRow < 0)
      for (let above = 0; above < y; above++) grey.copyWithin(above * width, row, row + width);
    filledRow = row;
  }
  return { width, height, data: grey };
}

function plateOf(level: Plane, valid: Uint8Array, width: number, height: number): ImageDescription['plate'] {
  const [plateWidth, plateHeight] = [width >> 1, height >> 1];
  const mask = halveMask(valid, width, height);
  const data = new Uint8Array(plateWidth * plateHeight);
  for (let y = 0, to = 0; y < plateHeight; y++) {
    for (let x = 0, at = 2 * y * width; x < plateWidth; x++, at += 2, to++) {
      const sum =
        level.data[at]! + level.data[at + 1]! + level.data[at + width]! + level.data[at + width + 1]!;
      if (mask[to] === 1) data[to] = Math.max(1, Math.min(255, Math.round(sum / 4)));
    }
  }
  return { width: plateWidth, height: plateHeight, data };
}
