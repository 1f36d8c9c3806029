import type { Axis } from './axis.ts';

/** The lowest and the highest share of an axis that is kept, 0 its bottom and 1 its top. */
export type Brush = readonly [low: number, high: number];
/** By the number of its axis. */
export type Brushes = ReadonlyMap<number, Brush>;

/**
 * What a brush keeps, by what stands there, so that it stays the same when more comes to the axis: on a numeric axis a number, or null
 * for its end; on a named one a place so many ticks `above` a tick.
 */
export type KeptPart = readonly [low: PartEnd, high: PartEnd];
type PartEnd = number | { readonly tick: string; readonly above: number } | null;

/** The part of an axis that a brush on it keeps. */
export function partOf(axis: Axis, [low, high]: Brush): KeptPart {
  return [endAt(axis, low), endAt(axis, high)];
}

function endAt({ numeric, logarithmic, ticks, range: [low, high] }: Axis, share: number): PartEnd {
  const place = low + share * (high - low);
  if (numeric) return share <= 0 || share >= 1 ? null : logarithmic ? 10 ** place : place;
  const tick = Math.min(ticks!.texts.length - 1, Math.max(0, Math.round(place)));
  return { tick: ticks!.texts[tick]!, above: place - tick };
}

/** The brushes that keep these parts of axes, by their names; none of an axis that is not there or has nothing of the kind. */
export function brushesOf(
  axes: readonly (Axis & { readonly name: string })[],
  parts: ReadonlyMap<string, KeptPart>,
): Brushes {
  return new Map(
    axes.flatMap((axis, i): [number, Brush][] => {
      const part = parts.get(axis.name);
      const low = part && shareOfEnd(axis, part[0], 0);
      const high = part && shareOfEnd(axis, part[1], 1);
      return low === undefined || high === undefined ? [] : [[i, [low, high]]];
    }),
  );
}

/** Undefined where the axis has nothing of the kind. */
function shareOfEnd(axis: Axis, end: PartEnd, whole: 0 | 1): number | undefined {
  if (end === null) return whole;
  const place = placeOfEnd(axis, end);
  const [low, high] = axis.range;
  return place === undefined ? undefined : Math.min(1, Math.max(0, (place - low) / (high - low)));
}

function placeOfEnd({ numeric, logarithmic, ticks }: Axis, end: NonNullable<PartEnd>): number | undefined {
  if (typeof end === 'number') {
    if (!numeric) return undefined;
    // What is below all that has a logarithm is below all that stands there.
    return logarithmic ? Math.log10(Math.max(end, Number.MIN_VALUE)) : end;
  }
  const tick = numeric ? -1 : ticks!.texts.indexOf(end.tick);
  return tick < 0 ? undefined : tick + end.above;
}

/** Where on its axis each run stands, 0 its bottom and 1 its top. */
export function sharesOf({ places, range: [low, high] }: Axis): number[] {
  return places.map((place) => (place - low) / (high - low));
}

/** Whether each of `count` lines passes every brushed axis inside its brush; `shares` has a row an axis. */
export function keptLines(
  count: number,
  shares: readonly (readonly number[])[],
  brushes: Brushes,
): boolean[] {
  return Array.from({ length: count }, (_, run) =>
    [...brushes].every(([axis, [low, high]]) => shares[axis]![run]! >= low && shares[axis]![run]! <= high),
  );
}

export interface Tick {
  /** 0 the bottom of the axis and 1 its top. */
  readonly share: number;
  readonly text: string;
}

/** The ticks of an axis: its own, or where numbers will do, three to six round ones. */
export function ticksOf({ ticks, format, range: [low, high] }: Axis): Tick[] {
  const shareOf = (place: number) => (place - low) / (high - low);
  if (ticks) return ticks.places.map((place, i) => ({ share: shareOf(place), text: ticks.texts[i]! }));
  const step = roundStep((high - low) / 6);
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: count }, (_, i) => {
    const place = (first + i) * step;
    const round = Number(place.toPrecision(6));
    return { share: shareOf(place), text: format?.(round) ?? String(round) };
  });
}

/** The smallest of 1, 2, 5, 10, 20, ... and their fractions that is no smaller than `least`. */
function roundStep(least: number): number {
  const decade = 10 ** Math.floor(Math.log10(least));
  return decade * [1, 2, 5, 10].find((digit) => digit * decade >= least * (1 - 1e-9))!;
}

/** What a share of an axis is called: the tick next to it, or its number where all that is there are numbers. */
export function shareText(axis: Axis, share: number): string {
  const [low, high] = axis.range;
  if (!axis.ticks) {
    const place = Number((low + share * (high - low)).toPrecision(4));
    return axis.format?.(place) ?? String(place);
  }
  const ticks = ticksOf(axis);
  return ticks.reduce((best, tick) =>
    Math.abs(tick.share - share) < Math.abs(best.share - share) ? tick : best,
  ).text;
}
