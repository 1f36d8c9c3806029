import { csvText } from '@thaw/base/browser';
import type { RunRow } from '@thaw/tracking';

/** Comma-separated values with a line of names. */
export function toCsv(rows: readonly RunRow[], columns: readonly string[]): string {
  return csvText(
    columns,
    rows.map((row) => columns.map((name) => row[name] ?? null)),
  );
}

export function toJson(rows: readonly RunRow[], columns: readonly string[]): string {
  const chosen = rows.map((row) => Object.fromEntries(columns.map((name) => [name, row[name] ?? null])));
  return `${JSON.stringify(chosen, null, 2)}\n`;
}
