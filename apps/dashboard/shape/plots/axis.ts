import { shortText, valueText } from './plot-run.ts';

/** Where the values of one parameter or figure stand on an axis, those of runs that do not have it included. */
export interface Axis {
  readonly numeric: boolean;
  /** The place of each run's value; never NaN. */
  readonly places: readonly number[];
  /** Places and names of the ticks; null where the numbers themselves will do. */
  readonly ticks: { readonly places: readonly number[]; readonly texts: readonly string[] } | null;
  /** Wider than the places, also where all values are one, so that an axis can be brushed (plotly.js issue 4876). */
  readonly range: readonly [number, number];
}

/**
 * An axis of values. It is numeric where all values that are there are finite numbers and there are more than two of them, or
 * no ticks are needed (`continuous`); else each value has a place of its own, numbers in their order before texts. A value that is
 * undefined, null or NaN stands at a tick of its own, `not set`, below the others.
 */
export function axisOf(values: readonly unknown[], { continuous = false } = {}): Axis {
  const known = values.filter(isSet);
  const numeric =
    known.every((value) => typeof value === 'number' && Number.isFinite(value)) &&
    (continuous || new Set(known).size > 6);
  return numeric ? numericAxis(values, known as number[]) : categoricalAxis(values, known);
}

function numericAxis(values: readonly unknown[], known: readonly number[]): Axis {
  const [low, high] = known.length === 0 ? [0, 1] : [Math.min(...known), Math.max(...known)];
  const span = high > low ? high - low : Math.max(Math.abs(high) * 0.1, 0.1);
  const missing = low - 0.15 * span;
  const places = values.map((value) => (isSet(value) ? (value as number) : missing));
  if (known.length === values.length) {
    return { numeric: true, places, ticks: null, range: [low - 0.05 * span, high + 0.05 * span] };
  }
  const marks = high > low ? [low, (low + high) / 2, high] : [low];
  return {
    numeric: true,
    places,
    ticks: {
      places: [missing, ...(known.length > 0 ? marks : [])],
      texts: [
        'not set',
        ...(known.length > 0 ? marks.map((mark) => String(Number(mark.toPrecision(4)))) : []),
      ],
    },
    range: [missing - 0.05 * span, high + 0.05 * span],
  };
}

function categoricalAxis(values: readonly unknown[], known: readonly unknown[]): Axis {
  const distinct = [...new Map(known.map((value) => [valueText(value), value])).values()].sort(byValue);
  const missing = known.length < values.length ? ['not set'] : [];
  const texts = [...missing, ...distinct.map(shortText)];
  const place = new Map([...missing, ...distinct.map(valueText)].map((text, i) => [text, i]));
  return {
    numeric: false,
    places: values.map((value) => place.get(isSet(value) ? valueText(value) : 'not set')!),
    ticks: { places: texts.map((_, i) => i), texts },
    range: [-0.5, Math.max(0.5, texts.length - 0.5)],
  };
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && !Number.isNaN(value);
}

function byValue(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'number') return -1;
  if (typeof b === 'number') return 1;
  return 0;
}
