import { duration, fixed, percent, points } from '@thaw/base/browser';
import type { Value } from '@thaw/tracking';

/** Shares of images that were classified well, and their like. */
const shares = /(^|_)(accuracy|balanced_accuracy|macro_f1|auc|calibration_error)$/;

/** A value as its column is read: an accuracy in per cent, a gap in points of it, as everywhere; a dash where there is none. */
export function formatValue(column: string, value: Value | undefined): string {
  if (value === null || value === undefined) return '-';
  if (typeof value === 'object') return value.join(', ');
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'number') return column === 'created' ? value.slice(0, 19).replace('T', ' ') : value;
  if (column === 'gap' && Math.abs(value) <= 1) return points(value);
  if (column === 'seconds') return duration(value);
  if (isShare(column) && value >= 0 && value <= 1) return percent(value);
  if (column.endsWith('loss')) return fixed(value, 4);
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}

/** Whether a column holds fractions that are read in per cent; what a program calls so may go up to 100. */
export function isShare(column: string): boolean {
  return shares.test(column);
}
