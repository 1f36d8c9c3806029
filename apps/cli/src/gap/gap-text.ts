import { forecastSentences } from '@thaw/analysis/recorded';
import { points, pointsInterval } from '@thaw/base';
import type { GapDocument } from '@thaw/tracking';
import { accuracyTable } from '../report/accuracy-table.ts';
import { renderTable } from '../report/table.ts';

/** The gap for reading: a table, what had been forecast, what the gap is made of, and where the figures are. */
export function gapText(document: GapDocument, columns: number | null): string {
  const forecast = forecastSentences(document, document.overall.test.accuracy);
  return [
    `Run ${document.run}${document.sweep === null ? '' : ` of sweep ${document.sweep}`}`,
    accuracyTable(document, document.leakage.groups === null ? null : document.unit, columns),
    ...(forecast.length > 0 ? [forecast.join('\n')] : []),
    parts(document, columns),
    document.explanation.join('\n'),
    `Report: ${document.figures}/report.html (figures and pictures beside it)`,
  ].join('\n\n');
}

const names = {
  leakage: 'leakage',
  selection: 'selection of the best trial',
  shares: 'different class shares',
  shift: 'shift from validation to test images',
  rest: 'not explained',
  test_leakage: 'leakage into test',
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
