import { fixed, signed } from '@thaw/base';
import type { Interval } from '@thaw/metrics';

/** A difference of fractions in percentage points, with its sign: `+34.0`. */
export function points(difference: number): string {
  return signed(100 * difference, 1);
}

/** A 95 % interval of a fraction as `90.2 to 95.1`; `not known` for none. */
export function interval(ci95: Interval | null): string {
  return ci95 ? `${fixed(100 * ci95[0], 1)} to ${fixed(100 * ci95[1], 1)}` : 'not known';
}

/** A 95 % interval of a difference, in points with signs. */
export function pointsInterval(ci95: Interval | null): string {
  return ci95 ? `${points(ci95[0])} to ${points(ci95[1])}` : 'not known';
}
