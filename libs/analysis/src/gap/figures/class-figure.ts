import type { GapFigures } from '@thaw/metrics';
import type { TopLevelSpec } from 'vega-lite';
import { figureName } from './figure-name.ts';
import { colours } from './theme.ts';

const rowHeight = 44;

/** Bars of recall, validation above test for every class, with their intervals. */
export function classFigure(perClass: GapFigures['per_class']): TopLevelSpec {
  const classes = perClass.map((each) => figureName(each.class));
  const values = perClass.flatMap((each) =>
    (['validation', 'test'] as const)
      .filter((part) => each[part].support > 0)
      .map((part) => {
        const { recall, recall_ci95: ci95 } = each[part];
        return { class: figureName(each.class), part, recall, low: ci95?.[0], high: ci95?.[1] };
      }),
  );
  const y = {
    field: 'class',
    type: 'nominal',
    sort: classes,
    title: null,
    scale: { paddingInner: 0.28, paddingOuter: 0.1 },
  } as const;
  const yOffset = { field: 'part', type: 'nominal', sort: ['validation', 'test'] } as const;
  const x = {
    field: 'recall',
    type: 'quantitative',
    scale: { domain: [0, 1] as number[] },
    axis: { format: '.0%', tickCount: 5, title: 'recall: the share of a class that is recognised' },
  } as const;
  const color = {
    field: 'part',
    type: 'nominal',
    scale: { domain: ['validation', 'test'], range: [colours.validation.light, colours.test.light] },
  } as const;
  return {
    width: 270,
    height: rowHeight * classes.length,
    data: { values },
    encoding: { y, yOffset },
    layer: [
      { mark: { type: 'bar', cornerRadiusEnd: 2 }, encoding: { x, color } },
      {
        transform: [{ filter: 'isValid(datum.low)' }],
        mark: { type: 'rule', color: colours.ink.light, strokeWidth: 1.5 },
        encoding: { x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } },
      },
      {
        mark: { type: 'text', align: 'left', x: 274, fontSize: 11 },
        encoding: { text: { field: 'recall', type: 'quantitative', format: '.0%' } },
      },
    ],
  };
}
