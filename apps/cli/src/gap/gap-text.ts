import { percent } from '@thaw/base';
import type { GapDocument } from '@thaw/tracking';
import { renderTable, type Align } from '../report/table.ts';
import { interval, points, pointsInterval } from '@thaw/analysis';

/** The gap for reading: a table, what the gap is made of, and where the figures are. */
export function gapText(document: GapDocument, columns: number | null): string {
  return [
    `Run ${document.run}${document.sweep === null ? '' : ` of sweep ${document.sweep}`}`,
    scores(document, columns),
    parts(document, columns),
    document.explanation.join('\n'),
    `Report: ${document.figures}/report.html (figures and pictures beside it)`,
  ].join('\n\n');
}

function scores({ overall, per_class, leakage, unit }: GapDocument, columns: number | null): string {
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
        interval(validation.ci95),
        percent(test.accuracy),
        interval(test.ci95),
        points(gap.value),
        pointsInterval(gap.ci95),
      ],
      ...per_class.map((row) => [
        `recall of ${row.class}`,
        percent(row.validation.recall),
        interval(row.validation.recall_ci95),
        percent(row.test.recall),
        interval(row.test.recall_ci95),
        row.gap.recall === null ? '-' : points(row.gap.recall),
        row.gap.recall === null ? '-' : pointsInterval(row.gap.ci95),
      ]),
      counts('images', 'images'),
      ...(leakage.groups === null ? [] : [counts('groups', `${unit}s`)]),
    ],
    columns,
  });
}

const names = {
  leakage: 'leakage',
  selection: 'selection of the best trial',
  shift: 'shift from validation to test images',
  rest: 'not explained',
} as const;

function parts({ parts, overall }: GapDocument, columns: number | null): string {
  const table = renderTable({
    head: ['part', 'points', '95 %'],
    aligns: ['left', 'right', 'right'],
    rows: [
      ...parts.map(({ part, value, ci95 }) => [
        names[part],
        value === null ? 'not measured' : points(value),
        value === null ? '' : pointsInterval(ci95),
      ]),
      ['gap', points(overall.gap.value), pointsInterval(overall.gap.ci95)],
    ],
    columns,
  });
  return `What the gap is made of:\n${table}`;
}
