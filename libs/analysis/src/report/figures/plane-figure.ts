import { metricValue } from '@thaw/experiment';
import type { SweepRecord, TrialRecord } from '@thaw/tracking';
import type { TopLevelSpec } from 'vega-lite';
import { drawnTrials, variedParameters } from '../../sweeps/drawn-trials.ts';
import { isShare } from './is-share.ts';
import { namedPlaces, placeOf } from './trial-figures.ts';

/** More different numbers stand on an axis of numbers. */
const mostNamed = 6;

/** Two parameters of a sweep, by their paths, each of which may be left open. */
export interface ChosenPlane {
  readonly along?: string | undefined;
  readonly up?: string | undefined;
}

/**
 * The two parameters over which a sweep's metric is drawn: those that were chosen, and where one was not, or does not vary, the first
 * other one that does, as on the sweep's page. Null where there are no two.
 */
export function planeOf(
  { trials, metric }: Pick<SweepRecord, 'trials' | 'metric'>,
  chosen: ChosenPlane,
): [along: string, up: string] | null {
  const varied = variedParameters(drawnTrials(trials, ({ summary }) => metricValue(metric.name, summary)));
  const candidates = (wanted: string | undefined) => [...varied.filter((path) => path === wanted), ...varied];
  const along = candidates(chosen.along)[0];
  const up = candidates(chosen.up).find((path) => path !== along);
  return along === undefined || up === undefined ? null : [along, up];
}

/**
 * The metric of finished trials over two parameters, as colour: of two that have few values the mean of each pair of them, else a
 * point a trial. Null where no trial has it.
 */
export function planeFigure(
  trials: readonly TrialRecord[],
  metric: string,
  [along, up]: readonly [string, string],
): TopLevelSpec | null {
  const valueOf = ({ summary }: TrialRecord) => metricValue(metric, summary);
  const values = drawnTrials(trials, valueOf).map((trial) => {
    const { parameters } = trial;
    return { x: placeOf(parameters[along]), y: placeOf(parameters[up]), value: valueOf(trial) };
  });
  if (values.length === 0) return null;
  const isNumeric = (axis: 'x' | 'y') =>
    values.every((each) => typeof each[axis] === 'number') &&
    new Set(values.map((each) => each[axis])).size > mostNamed;
  const namesOf = (axis: 'x' | 'y') => namedPlaces(values.map((each) => each[axis]));
  const place = (axis: 'x' | 'y', title: string) =>
    isNumeric(axis)
      ? { field: axis, type: 'quantitative' as const, scale: { zero: false }, axis: { title, tickCount: 5 } }
      : {
          field: axis,
          type: 'ordinal' as const,
          // Greater values stand further up, as on an axis of numbers.
          scale: { domain: axis === 'y' ? namesOf(axis).reverse() : namesOf(axis) },
          axis: { title, labelLimit: 300, labelAngle: axis === 'x' ? -30 : 0 },
        };
  const areNamed = !isNumeric('x') && !isNumeric('y');
  const color = {
    field: 'value',
    type: 'quantitative' as const,
    scale: { scheme: 'viridis' as const, zero: false },
    legend: { title: metric, ...(isShare(metric) && { format: '.0%' }) },
  };
  return {
    width: 420,
    height: 260,
    data: { values },
    mark: areNamed ? { type: 'rect' } : { type: 'circle', size: 90 },
    encoding: {
      x: place('x', along),
      y: place('y', up),
      color: areNamed ? { ...color, aggregate: 'mean' } : color,
    },
  };
}
