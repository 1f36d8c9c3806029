import { fixed, percent, points, sum } from '@thaw/base/browser';
import type { RunRow } from '@thaw/tracking';

/** What several runs came to: the mean, and how far they lie about it. */
export interface Spread {
  readonly mean: number;
  /** Standard deviation of the sample (by n - 1); null for a single run. */
  readonly deviation: number | null;
  readonly best: number;
}

/** Of the runs of a group that have the figure; null where none has. */
export interface GroupFigures {
  readonly validation: Spread | null;
  readonly test: Spread | null;
  readonly gap: Spread | null;
}

export function groupFigures(rows: readonly RunRow[]): GroupFigures {
  const of = (column: string) => spreadOf(rows.map((row) => row[column]));
  return { validation: of('val_accuracy'), test: of('test_accuracy'), gap: of('gap') };
}

/** For instance `validation 81.3 % ± 4.2, best 85.4 %; test 45.0 %; gap +36.3 ± 2.0 points`. */
export function groupText({ validation, test, gap }: GroupFigures): string {
  const about = ({ deviation }: Spread) => (deviation === null ? '' : ` ± ${fixed(100 * deviation, 1)}`);
  return [
    validation &&
      `validation ${percent(validation.mean)}${about(validation)}, best ${percent(validation.best)}`,
    test && `test ${percent(test.mean)}${about(test)}`,
    gap && `gap ${points(gap.mean)}${about(gap)} points`,
  ]
    .filter((text) => text !== null)
    .join('; ');
}

function spreadOf(values: readonly unknown[]): Spread | null {
  const known = values.filter(
    (value): value is number => typeof value === 'number' && Number.isFinite(value),
  );
  if (known.length === 0) return null;
  const mean = sum(known) / known.length;
  const squares = sum(known.map((value) => (value - mean) ** 2));
  return {
    mean,
    deviation: known.length === 1 ? null : Math.sqrt(squares / (known.length - 1)),
    best: known.reduce((a, b) => Math.max(a, b)),
  };
}
