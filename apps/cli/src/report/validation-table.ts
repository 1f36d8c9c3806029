import type { ValidationResults } from '@thaw/analysis/recorded';
import { metricFigures, metricWords, percent, percentInterval } from '@thaw/base';
import { renderTable, type Align } from './table.ts';

/** Accuracy, the other metrics and recall per class of a run that has one part alone, with 95 % intervals. */
export function validationTable(
  { part, overall, metrics, per_class, grouping }: ValidationResults,
  columns: number | null,
): string {
  const row = (
    name: string,
    value: number,
    ci95: Parameters<typeof percentInterval>[0],
    images: number,
    groups: number,
  ) => [name, percent(value), percentInterval(ci95), String(images), String(groups)];
  return renderTable({
    head: ['', part, '95 %', 'images', `${grouping.unit}s`],
    aligns: ['left', ...Array.from({ length: 4 }, (): Align => 'right')],
    rows: [
      row('accuracy', overall.accuracy, overall.ci95, overall.images, overall.groups),
      ...metrics.map(({ metric, ...each }) => [metricWords(metric), ...metricFigures(metric, each), '', '']),
      ...per_class.map((each) =>
        row(`recall of ${each.class}`, each.recall, each.recall_ci95, each.support, each.groups),
      ),
    ],
    columns,
  });
}
