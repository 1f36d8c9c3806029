import type { ImageStore } from '../image-store.ts';
import type { Affinity } from './affinity.ts';
import { apart, PatchComparer, side, type PatchMap } from './agreement.ts';
import { PixelAligner } from './align-pixels.ts';
import { BlockPulls } from './block-pulls.ts';
import { onPlates, ResampledPlates } from './resampled-plate.ts';

/** How one image lies on another: the map from its pixels to the other's, and whether the one is the other's negative. */
export interface Placed {
  readonly other: number;
  readonly affinity: Affinity;
  readonly isInverted: boolean;
}

/** Of what an image shows and none of its rivals does, how much another one shows. */
export interface OwnEvidence {
  /** 0 to 1. */
  readonly share: number;
  /** Patches that none of the rivals has. */
  readonly patches: number;
}

/** Grey levels by which a patch of an image must deviate to be something that it shows. */
const leastDeviation = 6;
/** Correlation of patches that show the same. */
const alike = 0.8;

const plates = new ResampledPlates();
const comparer = new PatchComparer(plates);
const aligner = new PixelAligner(plates, new BlockPulls(plates));

/** What an image shows that its rivals do not, and how much of that a possible copy has. */
export function ownEvidence(
  store: ImageStore,
  image: number,
  copy: Placed,
  rivals: readonly Placed[],
): OwnEvidence {
  const isRivals = new Set<number>();
  for (const rival of rivals) {
    const { correlations, weights } = mapOn(store, image, rival);
    for (const [i, weight] of weights.entries()) if (weight > 0 && correlations[i]! >= alike) isRivals.add(i);
  }
  const map = mapOn(store, image, copy);
  const { first, stride } = plates;
  let [same, all, patches] = [0, 0, 0];
  for (let row = 0, i = 0; row < map.rows; row++) {
    for (let column = 0; column < map.columns; column++, i++) {
      if (map.shown[i] === 0 || isRivals.has(i)) continue;
      const deviation = deviationOf(first, (row * stride + column) * apart, stride);
      if (deviation < leastDeviation) continue;
      const weight = Math.min(deviation, 16);
      patches++;
      all += weight;
      if (map.correlations[i]! >= alike) same += weight;
    }
  }
  return { share: all > 0 ? same / all : 0, patches };
}

/** The patches of an image's own plate, compared with another's under the best warp near the given map. */
function mapOn(store: ImageStore, image: number, { other, affinity, isInverted }: Placed): PatchMap {
  const rough = aligner.align(store, image, other, onPlates(affinity), isInverted);
  aligner.align(store, image, other, rough, isInverted);
  return comparer.compare();
}

/** Standard deviation of a patch that starts at a pixel of a drawn plate. */
function deviationOf(values: Float32Array, from: number, stride: number): number {
  let [sum, squares] = [0, 0];
  for (let y = 0; y < side; y++) {
    for (let at = from + y * stride; at < from + y * stride + side; at++) {
      sum += values[at]!;
      squares += values[at]! ** 2;
    }
  }
  const count = side * side;
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}
