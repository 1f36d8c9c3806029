import {
  metricDifference,
  metricFigures,
  metricWords,
  percent,
  percentInterval,
  points,
  pointsInterval,
} from '@thaw/base';
import type { Grouping } from '@thaw/analysis/recorded';
import type { GapFigures } from '@thaw/metrics';
import { renderTable, type Align } from './table.ts';

/** Accuracy, the other metrics, recall per class and their gaps with 95 % intervals, and how many images and groups they are of. */
export function accuracyTable(
  { overall, metrics, per_class }: Pick<GapFigures, 'overall' | 'metrics' | 'per_class'>,
  /** What a group is called; null where none are known. */
  unit: Grouping['unit'] | null,
  columns: number | null,
): string {
  const { validation, test, gap } = overall;
  const counts = (key: 'images' | 'groups', name: string) => [
    name,
    validation[key].toLocaleString('en'),
    '',
    test[key].toLocaleString('en'),
    ...['', '', ''],
  ];
  return renderTable({
    head: ['', 'validation', '95 %', 'test', '95 %', 'gap', '95 %'],
    aligns: ['left', ...Array.from({ length: 6 }, (): Align => 'right')],
    rows: [
      [
        'accuracy',
        percent(validation.accuracy),
        percentInterval(validation.ci95),
        percent(test.accuracy),
        percentInterval(test.ci95),
        points(gap.value),
        pointsInterval(gap.ci95),
      ],
      ...metrics.map(({ metric, ...each }) => [
        metricWords(metric),
        ...metricFigures(metric, each.validation),
        ...metricFigures(metric, each.test),
        ...metricDifference(metric, each.gap),
      ]),
      ...per_class.map((row) => [
        `recall of ${row.class}`,
        percent(row.validation.recall),
        percentInterval(row.validation.recall_ci95),
        percent(row.test.recall),
        percentInterval(row.test.recall_ci95),
        row.gap.recall === null ? '-' : points(row.gap.recall),
        row.gap.recall === null ? '-' : pointsInterval(row.gap.ci95),
      ]),
      counts('images', 'images'),
      ...(unit === null ? [] : [counts('groups', `${unit}s`)]),
    ],
    columns,
  });
}
