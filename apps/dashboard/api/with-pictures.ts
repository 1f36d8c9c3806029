import type { NearImage } from '@thaw/serving/browser';

/** Training images near to one that was classified, as the API gives them; a picture each, null where it is gone. */
export function withPictures(nearest: readonly NearImage[], pictures: readonly (string | null)[]) {
  return nearest.map(({ file, label, similarity }, i) => ({
    file,
    label,
    similarity,
    picture: pictures[i]!,
  }));
}
