const notFinite: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Infinity,
  inf: Infinity,
  '-Infinity': -Infinity,
  '-inf': -Infinity,
};

const decimal = /^\s*[+-]?(\d[\d_]*(\.[\d_]*)?|\.\d[\d_]*)(e[+-]?\d+)?\s*$/i;

/**
 * A double as protobuf 7.36 takes it from JSON: a number, a decimal number in a text, a truth value, `NaN`, `Infinity`, `inf`.
 * Null for what it refuses, such as `nan`.
 */
export function readDouble(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string') return null;
  return notFinite[value] ?? (decimal.test(value) ? Number(value.replaceAll('_', '')) : null);
}

/** An int64: a whole number, or its digits in a text. Null for another value, and beyond 2^53, where numbers have gaps. */
export function readInteger(value: unknown): number | null {
  const read = typeof value === 'string' && /^[+-]?\d+$/.test(value) ? Number(value) : value;
  return typeof read === 'number' && Number.isSafeInteger(read) ? read : null;
}

/** A number as protobuf writes it into JSON. */
export function writeDouble(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
