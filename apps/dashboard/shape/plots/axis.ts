import { numbersFirst } from '@thaw/base/browser';
import { shortText, valueText } from './plot-run.ts';

/** Where the values of one parameter or figure stand on an axis, those of runs that do not have it included. */
export interface Axis {
  readonly numeric: boolean;
  readonly logarithmic: boolean;
  /** The place of each run's value; never NaN. On a logarithmic axis its logarithm to base 10. */
  readonly places: readonly number[];
  /** Each run's value, in words. */
  readonly texts: readonly string[];
  /** Places and names of the ticks; null where the numbers themselves will do. */
  readonly ticks: { readonly places: readonly number[]; readonly texts: readonly string[] } | null;
  /** How a place of a numeric axis is written; as it is where that is left out. */
  readonly format?: (value: number) => string;
  /** Wider than the places, also where all values are one, so that an axis can be brushed (plotly.js issue 4876). */
  readonly range: readonly [number, number];
}

/**
 * An axis of values. It is numeric where all values that are there are finite numbers and there are more than two of them, or
 * no ticks are needed (`continuous`, whose numbers `format` writes); else each value has a place of its own, numbers in their order before texts. A value that is
 * undefined, null or NaN stands at a tick of its own, `not set`, below the others. Positive parameters that span more than an order
 * of magnitude and a half, such as learning rates, stand on a logarithmic axis.
 */
export function axisOf(
  values: readonly unknown[],
  { continuous = false, format }: { continuous?: boolean; format?: (value: number) => string } = {},
): Axis {
  const known = values.filter(isSet);
  const numeric =
    known.every((value) => typeof value === 'number' && Number.isFinite(value)) &&
    (continuous || new Set(known).size > 6);
  if (!numeric) return categoricalAxis(values, known);
  const numbers = known as number[];
  const isWide = !continuous && Math.min(...numbers) > 0 && Math.max(...numbers) / Math.min(...numbers) > 30;
  const axis = isWide ? logarithmicAxis(values, numbers) : linearAxis(values, numbers);
  if (!format) return { ...axis, numeric, texts: values.map(textOf) };
  const texts = values.map((value) => (isSet(value) ? format(value as number) : textOf(value)));
  return { ...axis, numeric, texts, format };
}

type Places = Omit<Axis, 'numeric' | 'texts'>;

function linearAxis(values: readonly unknown[], known: readonly number[]): Places {
  const [low, high] = known.length === 0 ? [0, 1] : [Math.min(...known), Math.max(...known)];
  const span = high > low ? high - low : Math.max(Math.abs(high) * 0.1, 0.1);
  const missing = low - 0.15 * span;
  const places = values.map((value) => (isSet(value) ? (value as number) : missing));
  if (known.length === values.length) {
    return { logarithmic: false, places, ticks: null, range: [low - 0.05 * span, high + 0.05 * span] };
  }
  const marks = high > low ? [low, (low + high) / 2, high] : [low];
  return {
    logarithmic: false,
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

function logarithmicAxis(values: readonly unknown[], known: readonly number[]): Places {
  const logs = values.map((value) => (isSet(value) ? Math.log10(value as number) : null));
  const [low, high] = [Math.log10(Math.min(...known)), Math.log10(Math.max(...known))];
  const span = high - low;
  const isMissing = logs.includes(null);
  const missing = low - 0.15 * span;
  const bottom = isMissing ? missing : low;
  const decades = Array.from(
    { length: Math.ceil(high) - Math.floor(low) + 1 },
    (_, i) => Math.floor(low) + i,
  );
  const marks = decades
    .flatMap((decade) => (span < 3 ? [1, 2, 5] : [1]).map((digit) => Number(`${digit}e${decade}`)))
    .filter((mark) => Math.log10(mark) >= low - 0.05 * span && Math.log10(mark) <= high + 0.05 * span);
  return {
    logarithmic: true,
    places: logs.map((log) => log ?? missing),
    ticks: {
      places: [...(isMissing ? [missing] : []), ...marks.map(Math.log10)],
      texts: [...(isMissing ? ['not set'] : []), ...marks.map(String)],
    },
    range: [bottom - 0.05 * span, high + 0.05 * span],
  };
}

function categoricalAxis(values: readonly unknown[], known: readonly unknown[]): Axis {
  const distinct = [...new Map(known.map((value) => [valueText(value), value])).values()].sort(numbersFirst);
  const missing = known.length < values.length ? ['not set'] : [];
  const texts = [...missing, ...distinct.map(shortText)];
  const place = new Map([...missing, ...distinct.map(valueText)].map((text, i) => [text, i]));
  return {
    numeric: false,
    logarithmic: false,
    places: values.map((value) => place.get(isSet(value) ? valueText(value) : 'not set')!),
    texts: values.map(textOf),
    ticks: { places: texts.map((_, i) => i), texts },
    range: [-0.5, Math.max(0.5, texts.length - 0.5)],
  };
}

function textOf(value: unknown): string {
  return isSet(value) ? shortText(value) : 'not set';
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && !Number.isNaN(value);
}
