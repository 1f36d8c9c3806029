import type { Curve } from '@thaw/analysis/browser';

export interface NamedCurve {
  /** The run's. */
  readonly name: string;
  readonly color: string;
  readonly curve: Curve;
}

/** Curves drawn as one line with gaps between them. */
export interface JoinedCurves {
  readonly color: string;
  readonly part: Curve['part'];
  readonly x: readonly (number | null)[];
  readonly y: readonly (number | null)[];
  /** The run of each point. */
  readonly names: readonly string[];
}

/** Curves that look alike as one: for plotly.js many traces are more work than many points. */
export function joinCurves(drawn: readonly NamedCurve[]): JoinedCurves[] {
  const joined = new Map<string, NamedCurve[]>();
  for (const each of drawn) {
    const look = `${each.color} ${each.curve.part}`;
    joined.set(look, [...(joined.get(look) ?? []), each]);
  }
  return [...joined.values()].map((alike) => ({
    color: alike[0]!.color,
    part: alike[0]!.curve.part,
    x: alike.flatMap(({ curve }, i) => [...gapBefore(i), ...curve.epochs]),
    y: alike.flatMap(({ curve }, i) => [...gapBefore(i), ...curve.values]),
    names: alike.flatMap(({ name, curve }, i) => [...gapBefore(i), ...curve.values].map(() => name)),
  }));
}

function gapBefore(place: number): null[] {
  return place === 0 ? [] : [null];
}
