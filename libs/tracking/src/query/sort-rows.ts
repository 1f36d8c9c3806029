import type { RunRow, Value } from './run-row.ts';

/**
 * Orders two values of a column: numbers before texts, texts as a reader counts (`run-2` before `run-10`); what a run does
 * not have comes last whichever way is sorted.
 */
export function compareValues(a: Value | undefined, b: Value | undefined, descending = false): number {
  const [noA, noB] = [isMissing(a), isMissing(b)];
  if (noA || noB) return Number(noA) - Number(noB);
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : asText(a!, b!);
  return descending ? -order : order;
}

/** Rows by a column, `-column` for the greatest first; equals keep their order. */
export function sortRows(rows: readonly RunRow[], sort: string): RunRow[] {
  const descending = sort.startsWith('-');
  const column = descending ? sort.slice(1) : sort;
  return rows.toSorted((a, b) => compareValues(a[column], b[column], descending));
}

const collator = new Intl.Collator('en', { numeric: true });

function asText(a: NonNullable<Value>, b: NonNullable<Value>): number {
  if (typeof a !== typeof b && (typeof a === 'number' || typeof b === 'number'))
    return typeof a === 'number' ? -1 : 1;
  return collator.compare(String(a), String(b));
}

function isMissing(value: Value | undefined): boolean {
  return value === null || value === undefined || (typeof value === 'object' && value.length === 0);
}
