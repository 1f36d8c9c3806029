/**
 * A time of ms since 1970 as ISO 8601 in UTC, with a year of four digits, as records hold it. Null for one outside the years 0 to 9999,
 * and for NaN.
 */
export function isoTime(ms: number): string | null {
  return ms >= first && ms <= last ? new Date(ms).toISOString() : null;
}

const first = Date.parse('0000-01-01T00:00:00.000Z');
const last = Date.parse('9999-12-31T23:59:59.999Z');
