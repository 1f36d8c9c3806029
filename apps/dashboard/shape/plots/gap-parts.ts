import { partNames } from '@thaw/analysis/browser';
import { points, pointsInterval } from '@thaw/base/browser';

export interface Part {
  readonly part: keyof typeof partNames;
  readonly value: number | null;
  readonly ci95: readonly [number, number] | null;
  readonly missing: string | null;
}

/** The measured parts of a gap as bars from the bottom up, in points. */
export function gapPartBars(parts: readonly Part[]) {
  const measured = parts.filter(({ value }) => value !== null).toReversed();
  // What has no interval gets no error bar: one without length would look like a figure that is known exactly.
  const length = (end: number | undefined, value: number | null) =>
    end === undefined ? NaN : 100 * Math.abs(end - value!);
  return {
    // The figure beside the name: on the bar, its interval would strike it through.
    names: measured.map(({ part, value }) => `${partNames[part]} ${points(value)}`),
    values: measured.map(({ value }) => 100 * value!),
    above: measured.map(({ value, ci95 }) => length(ci95?.[1], value)),
    below: measured.map(({ value, ci95 }) => length(ci95?.[0], value)),
  };
}

/** All parts of a gap, as a table. */
export function gapPartTable(parts: readonly Part[]) {
  return {
    head: ['part', 'points', '95 %', 'not measured because'],
    rows: () =>
      parts.map(({ part, value, ci95, missing }) => [
        partNames[part],
        points(value),
        value === null ? '-' : pointsInterval(ci95),
        missing ?? '',
      ]),
  };
}
