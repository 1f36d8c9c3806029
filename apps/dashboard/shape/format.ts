import { fixed, percent } from '@thaw/base/browser';

/** Fractions with four digits; a dash for what is not there or no number. */
export function formatFraction(value: number | null | undefined): string {
  return value === null || value === undefined || Number.isNaN(value) ? '–' : fixed(value, 4);
}

/** With its sign, as differences are written. */
export function formatSigned(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  const text = fixed(Math.abs(value), 4);
  return Number(text) === 0 ? text : `${value > 0 ? '+' : '−'}${text}`;
}

/** For instance `4.2 s`, `3 min 07 s`, `2 h 05 min`. */
export function formatSeconds(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || Number.isNaN(seconds)) return '–';
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const two = (n: number) => String(n).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
}

/** A fraction in per cent with one digit, for instance `96.0 %`. */
export function formatPercent(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value) ? '–' : percent(value);
}

/** A difference of fractions in points, with its sign: `+38.9`. */
export function formatPoints(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const text = fixed(Math.abs(100 * value), 1);
  return Number(text) === 0 ? text : `${value > 0 ? '+' : '−'}${text}`;
}

/** Both ends of an interval, as `write` writes one: `+25.1 to +50.7`. */
export function formatInterval(
  interval: readonly [number, number] | null | undefined,
  write: (value: number) => string,
): string {
  return interval ? `${write(interval[0])} to ${write(interval[1])}` : 'no interval';
}
