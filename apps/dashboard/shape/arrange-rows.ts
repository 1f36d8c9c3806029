import { compareValues, filterRows, sortRows, type RunRow, type Value } from '@thaw/tracking';
import { groupFigures, type GroupFigures } from './group-figures.ts';
import type { View } from './view.ts';

/** A line of the table: a run, or the head of a group of runs with what they came to together. */
export type TableLine =
  | { readonly kind: 'run'; readonly key: string; readonly row: RunRow }
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly value: Value;
      readonly count: number;
      readonly figures: GroupFigures;
    };

export interface Arranged {
  readonly lines: readonly TableLine[];
  /** The runs that are shown, in order. */
  readonly runs: readonly RunRow[];
  /** What is wrong with the expression, which then chooses nothing. */
  readonly mistake: string | null;
}

/** The runs that a view chooses, in its order and groups; `rows` come oldest first. */
export function arrangeRows(rows: readonly RunRow[], view: View): Arranged {
  const { rows: matching, mistake } = matchingRows(rows, view.where);
  const search = view.search.trim().toLowerCase();
  const chosen = matching.filter(
    (row) => (view.archived || row['archived'] !== true) && (search === '' || contains(row, search)),
  );
  const runs = view.sort === '' ? chosen.toReversed() : sortRows(chosen, view.sort);
  const lines = view.group === null ? runs.map(runLine) : groupLines(runs, view.group);
  return { lines, runs, mistake };
}

/** The rows that an expression is true for; none, and what is wrong with it, where it cannot be read. */
function matchingRows(
  rows: readonly RunRow[],
  where: string,
): { rows: readonly RunRow[]; mistake: string | null } {
  if (where.trim() === '') return { rows, mistake: null };
  try {
    return { rows: filterRows(rows, where), mistake: null };
  } catch (error) {
    return { rows: [], mistake: (error as Error).message };
  }
}

function contains(row: RunRow, wanted: string): boolean {
  for (const name in row) {
    const value = row[name];
    if (value !== null && value !== undefined && String(value).toLowerCase().includes(wanted)) return true;
  }
  return false;
}

const runLine = (row: RunRow): TableLine => ({ kind: 'run', key: row.id, row });

function groupLines(runs: readonly RunRow[], column: string): TableLine[] {
  const groups = new Map<string, { value: Value; rows: RunRow[] }>();
  for (const row of runs) {
    const value = row[column] ?? null;
    const key = String(value);
    const group = groups.get(key);
    if (group) group.rows.push(row);
    else groups.set(key, { value, rows: [row] });
  }
  return [...groups]
    .sort(([, a], [, b]) => compareValues(a.value, b.value))
    .flatMap(([key, { value, rows }]): TableLine[] => [
      { kind: 'group', key: `group ${key}`, value, count: rows.length, figures: groupFigures(rows) },
      ...rows.map(runLine),
    ]);
}
