import { UserError } from '../user-error.ts';

const variable = 'THAW_CACHE_LIMIT';
const defaultLimit = 20e9;
const units: Record<string, number> = { '': 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

/** What share of the limit pixels may take; the rest is for what networks make of them. */
export const pixelShare = 0.25;

/**
 * How many bytes of computed rows are kept on disk, pixels among them: 20 GB, or what the environment variable THAW_CACHE_LIMIT says, such as
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
