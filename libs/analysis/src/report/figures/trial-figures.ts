import { numbersFirst } from '@thaw/base';
import { metricValue, type Goal } from '@thaw/experiment';
import type { TrialRecord } from '@thaw/tracking';
import type { TopLevelSpec } from 'vega-lite';
import { colours } from '../../gap/figures/theme.ts';
import { drawnTrials } from '../../sweeps/drawn-trials.ts';
import { isShare } from './is-share.ts';

/** The metric of each trial by its number, with the best finished one so far. Null where no trial has it. */
export function historyFigure(
  trials: readonly TrialRecord[],
  { name, goal }: { readonly name: string; readonly goal: Goal },
): TopLevelSpec | null {
  let best = Number.NaN;
  const values = trials.flatMap(({ number, state, summary }) => {
    const value = metricValue(name, summary);
    if (value === null || !Number.isFinite(value)) return [];
    const better = Number.isNaN(best) || (goal === 'maximize' ? value > best : value < best);
    if (state === 'finished' && better) best = value;
    return [{ number, value, ...(!Number.isNaN(best) && { best }) }];
  });
  if (values.length === 0) return null;
  const axis = { title: name, ...(isShare(name) && { format: '.0%' }), tickCount: 5 };
  return {
    width: 420,
    height: 240,
    data: { values },
    encoding: {
      x: { field: 'number', type: 'quantitative', axis: { title: 'trial', format: 'd', tickMinStep: 1 } },
    },
    layer: [
      {
        mark: { type: 'line', interpolate: 'step-after', color: colours.test.light, strokeWidth: 1.6 },
        encoding: { y: { field: 'best', type: 'quantitative', scale: { zero: false }, axis } },
      },
      {
        mark: { type: 'circle', size: 60, color: colours.validation.light, opacity: 0.85 },
        encoding: { y: { field: 'value', type: 'quantitative', scale: { zero: false }, axis } },
      },
    ],
  };
}

/** Validation against test accuracy of each trial; how far a point is below the dashed line is its gap. Null where none has both. */
export function gapScatterFigure(trials: readonly TrialRecord[]): TopLevelSpec | null {
  const values = trials.flatMap(({ number, summary }) => {
    const { val_accuracy: validation, test_accuracy: test } = summary ?? {};
    return Number.isFinite(validation) && Number.isFinite(test) ? [{ number, validation, test }] : [];
  });
  if (values.length === 0) return null;
  const all = values.flatMap(({ validation, test }) => [validation!, test!]);
  const low = Math.max(0, all.reduce((a, b) => Math.min(a, b)) - 0.03);
  const high = Math.min(1, all.reduce((a, b) => Math.max(a, b)) + 0.03);
  const of = (field: 'validation' | 'test') => ({
    field,
    type: 'quantitative' as const,
    scale: { domain: [low, high], nice: false },
    axis: { title: `${field} accuracy`, format: '.0%', tickCount: 5 },
  });
  return {
    width: 280,
    height: 280,
    encoding: { x: of('validation'), y: of('test') },
    layer: [
      {
        data: { values: [low, high].map((value) => ({ validation: value, test: value })) },
        mark: { type: 'line', color: colours.muted.light, strokeDash: [4, 4], strokeWidth: 1.2 },
      },
      {
        data: { values },
        mark: { type: 'circle', size: 70, color: colours.validation.light, opacity: 0.85 },
      },
    ],
  };
}

/** A value of a parameter as an axis names it, or a number. */
export function placeOf(at: unknown): string | number {
  if (typeof at === 'number') return at;
  return at === undefined ? notSet : String(JSON.stringify(at)).replaceAll('"', '');
}

const notSet = 'not set';

/** Places on an axis of names, each once: what is not set below the others. */
export function namedPlaces(places: readonly (string | number)[]): (string | number)[] {
  const distinct = [...new Set(places)];
  return [
    ...distinct.filter((at) => at === notSet),
    ...distinct.filter((at) => at !== notSet).sort(numbersFirst),
  ];
}

/** The metric of finished trials over the values of one parameter, in the order of their size, with medians. Null where it does not vary. */
export function sliceFigure(
  trials: readonly TrialRecord[],
  metric: string,
  parameter: string,
): TopLevelSpec | null {
  const valueOf = ({ summary }: TrialRecord) => metricValue(metric, summary);
  const values = drawnTrials(trials, valueOf).map((trial) => {
    return { at: placeOf(trial.parameters[parameter]), value: valueOf(trial) };
  });
  const named = namedPlaces(values.map(({ at }) => at));
  if (named.length < 2) return null;
  const isNumeric = values.every(({ at }) => typeof at === 'number') && named.length > 6;
  const title = parameter;
  return {
    width: 280,
    height: 200,
    data: { values },
    encoding: {
      x: isNumeric
        ? { field: 'at', type: 'quantitative', scale: { zero: false }, axis: { title, tickCount: 5 } }
        : {
            field: 'at',
            type: 'nominal',
            scale: { domain: named },
            axis: { title, labelAngle: -30, labelLimit: 300 },
          },
      y: {
        field: 'value',
        type: 'quantitative',
        scale: { zero: false },
        axis: { title: metric, ...(isShare(metric) && { format: '.0%' }), tickCount: 5 },
      },
    },
    layer: [
      { mark: { type: 'circle', size: 60, color: colours.validation.light, opacity: 0.7 } },
      ...(isNumeric
        ? []
        : [
            {
              mark: { type: 'tick' as const, color: colours.test.light, thickness: 3, width: 34 },
              encoding: {
                y: { aggregate: 'median' as const, field: 'value', type: 'quantitative' as const },
              },
            },
          ]),
    ],
  };
}
