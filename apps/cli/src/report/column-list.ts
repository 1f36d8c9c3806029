import type { RunRow, Value } from '@thaw/tracking';
import { figure } from './figure.ts';
import { renderTable } from './table.ts';

/** A table of the chosen columns of runs, in the orders given, with `-` for what a run does not have. */
export function columnList(
  rows: readonly RunRow[],
  names: readonly string[],
  columns: number | null,
): string {
  const isFigure = (name: string) => rows.some((row) => typeof row[name] === 'number');
  return renderTable({
    head: ['run', ...names],
    aligns: ['left', ...names.map((name) => (isFigure(name) ? ('right' as const) : ('left' as const)))],
    rows: rows.map((row) => [row.id, ...names.map((name) => cell(row[name]))]),
    columns,
  });
}

function cell(value: Value | undefined): string {
  if (value === null || value === undefined) return '-';
  if (typeof value === 'number' && !Number.isInteger(value)) return figure(value);
  return Array.isArray(value) ? value.join(', ') : String(value);
}
