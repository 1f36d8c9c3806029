import type { GapFigures } from '@thaw/metrics';
import type { TopLevelSpec } from 'vega-lite';
import { scoreInterval, type Score } from './class-score.ts';
import { figureName } from './figure-name.ts';
import { colours } from './theme.ts';

const rowHeight = 44;

const titles: Record<Score, string> = {
  recall: 'recall: the share of a class that is recognised',
  f1: 'F1: of recall and precision',
  precision: 'precision: the share of what is taken for a class',
};

/** Bars of a score, validation above test for every class, with their intervals. */
export function classFigure(perClass: GapFigures['per_class'], score: Score = 'recall'): TopLevelSpec {
  const classes = perClass.map((each) => figureName(each.class));
  const values = perClass.flatMap((each) =>
    (['validation', 'test'] as const)
      .filter((part) => each[part].support > 0)
      .map((part) => {
        const ci95 = scoreInterval(each[part], score);
        return {
          class: figureName(each.class),
          part,
          score: each[part][score],
          low: ci95?.[0],
          high: ci95?.[1],
        };
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
    field: 'score',
    type: 'quantitative',
    scale: { domain: [0, 1] as number[] },
    axis: { format: '.0%', tickCount: 5, title: titles[score] },
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
        encoding: { text: { field: 'score', type: 'quantitative', format: '.0%' } },
      },
    ],
  };
}
