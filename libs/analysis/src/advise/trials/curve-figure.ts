import { errorAt } from '@thaw/metrics';
import type { TopLevelSpec } from 'vega-lite';
import { renderSvg } from '../../gap/figures/render-svg.ts';
import { colours } from '../../gap/figures/theme.ts';
import type { CurveOfPhotographs } from './photographs-curve.ts';

const steps = 60;

/** Accuracy against photographs as SVG text: what was measured, with intervals, and the power law up to twice as many. */
export function drawCurve({ photographs, size, curve }: CurveOfPhotographs): Promise<string> {
  const all = [
    ...curve.accuracies.map((each, i) => ({ ...each, at: photographs[i]!, what: 'measured' })),
    { ...curve.doubled, at: 2 * size, what: 'expected' },
  ];
  const points = all.map(({ value, ci95, at, what }) => {
    return { photographs: at, accuracy: value, low: ci95?.[0], high: ci95?.[1], what };
  });
  const [from, to] = [photographs[0]!, 2 * size];
  const law = Array.from({ length: steps + 1 }, (_, i) => {
    const at = from * (to / from) ** (i / steps);
    return { photographs: at, accuracy: 1 - errorAt(curve.law, at) };
  });
  const color = {
    field: 'what',
    type: 'nominal',
    scale: { domain: ['measured', 'expected'], range: [colours.validation.light, colours.part.light] },
  } as const;
  const spec: TopLevelSpec = {
    width: 420,
    height: 260,
    encoding: {
      x: {
        field: 'photographs',
        type: 'quantitative',
        scale: { type: 'log', domain: [from / 1.2, to * 1.2], nice: false },
        axis: {
          title: 'photographs that are learned from',
          values: [...photographs, to].map(Math.round),
          format: 'd',
        },
      },
    },
    layer: [
      {
        data: { values: law },
        mark: { type: 'line', color: colours.muted.light, strokeDash: [4, 4], strokeWidth: 1.2 },
        encoding: {
          y: {
            field: 'accuracy',
            type: 'quantitative',
            scale: { zero: false },
            axis: { title: 'accuracy on unseen photographs', format: '.0%', tickCount: 5 },
          },
        },
      },
      {
        data: { values: points },
        transform: [{ filter: 'isValid(datum.low)' }],
        mark: { type: 'rule', strokeWidth: 1.5 },
        encoding: { y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' }, color },
      },
      {
        data: { values: points },
        mark: { type: 'circle', size: 70, opacity: 1 },
        encoding: { y: { field: 'accuracy', type: 'quantitative' }, color },
      },
    ],
  };
  return renderSvg(spec);
}
