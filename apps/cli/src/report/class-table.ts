import { classRow, fixed, signed } from '@thaw/base';
import type { ClassificationReport } from '@thaw/metrics';
import { renderTable, type Align } from './table.ts';

interface Scores {
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
  readonly support: number;
}

/**
 * Two classification reports side by side, laid out and rounded as scikit-learn prints one, with validation minus test.
 * Differences are taken before rounding, so a last digit may differ from the difference of the rounded scores.
 */
export function classTable(
  validation: ClassificationReport,
  test: ClassificationReport,
  options: { readonly columns: number | null },
): string {
  const scores = ['precision', 'recall', 'f1-score'];
  const rows: string[][] = [
    ['', ...scores, 'support', ...scores, 'support', ...scores],
    ...validation.perClass.map((row, index) => scoreRow(classRow(row.class), row, test.perClass[index]!)),
    scoreRow('accuracy', accuracyScores(validation), accuracyScores(test)),
    scoreRow('macro avg', validation.macro, test.macro),
    scoreRow('weighted avg', validation.weighted, test.weighted),
  ];
  return renderTable({
    head: [
      '',
      { content: 'validation', colSpan: 4 },
      { content: 'test', colSpan: 4 },
      { content: 'validation minus test', colSpan: 3 },
    ],
    aligns: ['left', ...Array.from({ length: 11 }, (): Align => 'right')],
    rows,
    columns: options.columns,
  });
}

function scoreRow(name: string, validation: Scores, test: Scores): string[] {
  const keys = ['precision', 'recall', 'f1'] as const;
  const cells = (scores: Scores) => [...keys.map((key) => score(scores[key])), String(scores.support)];
  const differences = keys.map((key) => {
    const [a, b] = [validation[key], test[key]];
    return a === null || b === null ? '' : signed(a - b, 2);
  });
  return [name, ...cells(validation), ...cells(test), ...differences];
}

/** scikit-learn prints the accuracy once, in the column of F1. */
function accuracyScores(report: ClassificationReport): Scores {
  return { precision: null, recall: null, f1: report.accuracy, support: report.macro.support };
}

function score(value: number | null): string {
  return value === null ? '' : fixed(value, 2);
}
