import { isoTime, UserError } from '@thaw/base';
import type { Outcome } from './results.ts';

/** A time that a file may give. */
interface GivenTime {
  /** Since 1970; null where the file gives none. */
  readonly ms: number | null;
  /** As it stands in the file. */
  readonly found: string;
  /** The file, the place and the key. */
  readonly where: string;
}

/**
 * When a run began, and how long it took where both ends are given. A UserError names a time that no record can hold: NaN, and years
 * outside 0 to 9999.
 */
export function outcomeTimes(start: GivenTime, end: GivenTime): Pick<Outcome, 'created' | 'seconds'> {
  for (const { ms, found, where } of [start, end]) {
    if (ms !== null && isoTime(ms) === null)
      throw new UserError(`${where}: found ${found}; allowed: a time of the years 0 to 9999`);
  }
  return {
    created: start.ms === null ? null : isoTime(start.ms),
    seconds: start.ms === null || end.ms === null ? null : (end.ms - start.ms) / 1000,
  };
}
