import type { Calibration } from '@thaw/metrics';
import type { TopLevelSpec } from 'vega-lite';
import { colours } from './theme.ts';

/**
 * How sure the model was against how often it was right, validation and test in one plane; the size of a point is the
 * number of images, the dashed line is where both agree (DeGroot and Fienberg 1983).
 */
export function reliabilityFigure(calibration: {
  readonly validation: Pick<Calibration, 'reliability'>;
  readonly test: Pick<Calibration, 'reliability'>;
}): TopLevelSpec {
  const values = (['validation', 'test'] as const).flatMap((part) => {
    const bins = calibration[part].reliability;
    const total = bins.reduce((sum, { images }) => sum + images, 0);
    return bins
      .filter(({ images }) => images > 0)
      .map((bin) => ({ ...bin, part, share: bin.images / total }));
  });
  const percent = { format: '.0%', tickCount: 5 } as const;
  const unit = { domain: [0, 1] };
  return {
    width: 280,
    height: 280,
    layer: [
      {
        data: {
          values: [
            { x: 0, y: 0 },
            { x: 1, y: 1 },
          ],
        },
        mark: { type: 'line', color: colours.muted.light, strokeDash: [4, 4], strokeWidth: 1.2 },
        encoding: { x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' } },
      },
      {
        data: { values },
        encoding: {
          x: {
            field: 'confidence',
            type: 'quantitative',
            scale: unit,
            axis: { ...percent, title: 'how sure the model was' },
          },
          y: {
            field: 'accuracy',
            type: 'quantitative',
            scale: unit,
            axis: { ...percent, title: 'how often it was right' },
          },
          color: {
            field: 'part',
            type: 'nominal',
            scale: { domain: ['validation', 'test'], range: [colours.validation.light, colours.test.light] },
          },
        },
        layer: [
          { mark: { type: 'line', strokeWidth: 1.5, strokeOpacity: 0.7 } },
          {
            mark: { type: 'circle', opacity: 0.9 },
            encoding: {
              size: {
                field: 'share',
                type: 'quantitative',
                scale: { domain: [0, 1], range: [24, 700] },
                legend: null,
              },
            },
          },
        ],
      },
    ],
  };
}
