import { duration, fixed, signed } from '@thaw/base/browser';
import type { Value } from '@thaw/tracking';

const fractions = /(accuracy|loss)$/;

/** A value as its column is read; a dash where there is none. */
export function formatValue(column: string, value: Value | undefined): string {
  if (value === null || value === undefined) return '-';
  if (typeof value === 'object') return value.join(', ');
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'number') return column === 'created' ? value.slice(0, 19).replace('T', ' ') : value;
  if (column === 'gap') return signed(value, 4);
  if (column === 'seconds') return duration(value);
  if (fractions.test(column)) return fixed(value, 4);
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}
