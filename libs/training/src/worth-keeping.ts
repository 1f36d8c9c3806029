import { cacheLimit, pixelShare } from '@thaw/base';

export interface RowsToKeep {
  /** Values of a row, and of the image that it is made from. */
  readonly rowLength: number;
  readonly imageLength: number;
  readonly images: number;
  /** Rows of one epoch's augmented views; another epoch's are others. */
  readonly augmented: boolean;
}

/**
 * Whether rows are worth their place: a row larger than its image is quicker computed again, behind so few layers, than read;
 * and one set of rows should leave room for others, an epoch's views for those of further epochs.
 */
export function worthKeeping(
  { rowLength, imageLength, images, augmented }: RowsToKeep,
  limit: number,
): boolean {
  return rowLength <= imageLength && images * rowLength * (augmented ? 2 : 4) <= limit / (augmented ? 32 : 4);
}

/** How many bytes rows may take on disk, as `cacheLimit` says. */
export function rowsLimit(): number {
  return cacheLimit() * (1 - pixelShare);
}
