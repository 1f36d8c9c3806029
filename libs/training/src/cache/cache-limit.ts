import { UserError } from '@thaw/base';

const variable = 'THAW_CACHE_LIMIT';
const defaultLimit = 20e9;
const units: Record<string, number> = { '': 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

/**
 * How many bytes of computed rows are kept on disk: 20 GB, or what the environment variable THAW_CACHE_LIMIT says, such as
 * `500MB` or `100GB`; 0 keeps none. A UserError for anything else.
 */
export function cacheLimit(environment: NodeJS.ProcessEnv = process.env): number {
  const text = environment[variable];
  if (text === undefined) return defaultLimit;
  const match = /^\s*(\d+(?:\.\d+)?)\s*([KMGT]?B?)\s*$/i.exec(text);
  const unit =
    match &&
    units[
      match[2]!
        .toUpperCase()
        .replace(/^B$/, '')
        .replace(/^([KMGT])$/, '$1B')
    ];
  if (unit == null) {
    throw new UserError(`${variable}: found ${JSON.stringify(text)}; allowed: a size such as 500MB or 20GB`);
  }
  return Number(match![1]) * unit;
}

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
