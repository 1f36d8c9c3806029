import { plateSide } from '../describe/describe-image.ts';
import { apart, side, type PatchMap } from './agreement.ts';
import type { ImageStore } from '../image-store.ts';
import { affinityAt, type Warp } from './warp.ts';

/** A patch with more contrast shows more than grain. */
const mostContrast = 4;
/** Pixels of a patch, of every second row at the image's size, that must show grain in both images. */
const leastPixels = 25;
/** Share of them that is the same from which on the patch's grain is: of two photographs' half is, give or take a tenth. */
const alike = 0.68;

/** Room for the grain of two images. */
const rooms = [new Uint8Array(plateSide ** 2), new Uint8Array(plateSide ** 2)] as const;

export interface GrainAgreement {
  /** Patches with hardly anything to see but grain, in both images. */
  readonly patches: number;
  /** Those of them whose grain is the same. */
  readonly same: number;
}

/**
 * Compares the grain of two images where there is hardly anything else to see: noise of a sensor, weak texture, traces of compression,
 * which a photograph shares with its copies. `warp` leads between their plates, where `map` was made.
 */
export function compareGrain(
  store: ImageStore,
  first: number,
  second: number,
  map: PatchMap,
  warp: Warp,
  isInverted: boolean,
): GrainAgreement {
  const [grains, grainsB] = [grainOf(store, first, rooms[0]), grainOf(store, second, rooms[1])];
  const width = 2 * store.sizes[first * 4 + 1]!;
  const [widthB, heightB] = [2 * store.sizes[second * 4 + 1]!, 2 * store.sizes[second * 4 + 2]!];
  let [patches, same] = [0, 0];
  for (let row = 0, i = 0; row < map.rows; row++) {
    for (let column = 0; column < map.columns; column++, i++) {
      if (map.weights[i]! > mostContrast || map.shown[i] === 0) continue;
      const [left, top] = [column * apart, row * apart];
      const [a, b, c, d, e, f] = affinityAt(warp, left + side / 2, top + side / 2);
      // A pixel x of the image is the plate's at (x - 0.5) / 2, and half a pixel rounds.
      const startX = 2 * c - (a + b - 1) * 0.5 + 0.5;
      const startY = 2 * f - (d + e - 1) * 0.5 + 0.5;
      let [count, equal] = [0, 0];
      for (let y = 2 * top; y < 2 * (top + side); y += 2) {
        for (let x = 2 * left; x < 2 * (left + side); x++) {
          const at = y * width + x;
          const grain = (grains[at >> 2]! >> (2 * (at & 3))) & 3;
          if (grain === 0) continue;
          const toX = Math.floor(a * x + b * y + startX);
          const toY = Math.floor(d * x + e * y + startY);
          if (toX < 0 || toY < 0 || toX >= widthB || toY >= heightB) continue;
          const to = toY * widthB + toX;
          const other = (grainsB[to >> 2]! >> (2 * (to & 3))) & 3;
          if (other === 0) continue;
          count++;
          if ((grain === other) !== isInverted) equal++;
        }
      }
      if (count < leastPixels) continue;
      patches++;
      if (equal >= alike * count) same++;
    }
  }
  return { patches, same };
}

/** The grain of an image, in a room that lasts until the next one. */
function grainOf(store: ImageStore, image: number, room: Uint8Array): Uint8Array {
  const grain = room.subarray(0, store.pixelCount(image));
  store.grains.read(store.firstPixel(image), grain);
  return grain;
}
