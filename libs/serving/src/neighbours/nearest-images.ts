import type { NeighbourImage, Neighbours } from './neighbours.ts';

export interface NearImage extends NeighbourImage {
  /** Its place among the model's neighbours. */
  readonly index: number;
  /** Cosine of the angle between the features: 1 for the same direction. */
  readonly similarity: number;
}

/** The images whose features point most nearly the way that `features` does, the nearest first, at most `count`. */
export function nearestImages(
  { images, features: all }: Neighbours,
  features: Float32Array,
  count: number,
): NearImage[] {
  const unit = unitLength(features);
  const ranked = images.map((image, i) => {
    let similarity = 0;
    for (let k = 0, at = i * unit.length; k < unit.length; k++, at++) similarity += all[at]! * unit[k]!;
    return { ...image, index: i, similarity };
  });
  return ranked.sort((a, b) => b.similarity - a.similarity).slice(0, count);
}

/** A vector brought to length 1; zeros stay zeros. */
export function unitLength(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length === 0 ? vector.slice() : vector.map((value) => value / length);
}
