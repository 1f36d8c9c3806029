import { classRow, fixed } from '@thaw/base';
import type { ClassificationReport, Scores } from '@thaw/metrics';
import { renderTable, type Align } from './table.ts';

/** A classification report, laid out and rounded as scikit-learn prints it. */
export function onePartTable(report: ClassificationReport, columns: number | null): string {
  const { perClass, accuracy, macro, weighted } = report;
  const row = (name: string, { precision, recall, f1, support }: Scores) => [
    name,
    ...[precision, recall, f1].map((score) => fixed(score, 2)),
    String(support),
  ];
  return renderTable({
    head: ['', 'precision', 'recall', 'f1-score', 'support'],
    aligns: ['left', ...Array.from({ length: 4 }, (): Align => 'right')],
    rows: [
      ...perClass.map((each) => row(classRow(each.class), each)),
      ['accuracy', '', '', fixed(accuracy, 2), String(weighted.support)],
      row('macro avg', macro),
      row('weighted avg', weighted),
    ],
    columns,
  });
}
