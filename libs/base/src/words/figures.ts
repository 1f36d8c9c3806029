import { fixed } from '../fixed.ts';
import { signed } from './format.ts';

type Ends = readonly [number, number] | null | undefined;
type Figure = number | null | undefined;

/** A fraction in per cent with one digit: `96.0 %`; `-` for none, `nan` for NaN. */
export function percent(fraction: Figure): string {
  return isNumber(fraction) ? `${fixed(100 * fraction, 1)} %` : fixed(fraction, 1);
}

/** A difference of fractions in percentage points, with its sign: `+34.0`; `-` for none, `nan` for NaN. */
export function points(difference: Figure): string {
  return isNumber(difference) ? signed(100 * difference, 1) : fixed(difference, 1);
}

/** Both ends of the interval of a fraction: `90.2 to 95.1 %`; `not known` for none. */
export function percentInterval(ends: Ends): string {
  return ends ? `${fixed(100 * ends[0], 1)} to ${fixed(100 * ends[1], 1)} %` : 'not known';
}

/** Both ends of the interval of a difference of fractions, in points with signs: `+25.1 to +50.7`; `not known` for none. */
export function pointsInterval(ends: Ends): string {
  return ends ? `${points(ends[0])} to ${points(ends[1])}` : 'not known';
}

/** A p-value with three digits: `0.012`, `< 0.001`. */
export function pValue(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

function isNumber(value: Figure): value is number {
  return value !== null && value !== undefined && !Number.isNaN(value);
}
