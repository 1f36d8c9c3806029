import { writtenColumn, writtenValue, type RunRow } from '@thaw/tracking';

export interface Facet {
  readonly column: string;
  /** The commonest first. */
  readonly values: readonly { readonly value: string | number | boolean; readonly count: number }[];
}

const mostValues = 12;

/** For each column of few values, how many runs have each. */
export function facets(rows: readonly RunRow[], columns: readonly string[]): Facet[] {
  return columns.flatMap((column) => {
    const counts = new Map<string | number | boolean, number>();
    for (const row of rows) {
      for (const value of [row[column] ?? null].flat()) {
        if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      if (counts.size > mostValues) return [];
    }
    if (counts.size < 2 && column !== 'tags') return [];
    const values = [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
    return values.length === 0 ? [] : [{ column, values }];
  });
}

/** An expression narrowed to one value of a column. */
export function narrow(where: string, column: string, value: string | number | boolean): string {
  const condition = `${writtenColumn(column)} = ${writtenValue(value)}`;
  if (where.trim() === '') return condition;
  return /\bor\b/i.test(where) ? `(${where}) and ${condition}` : `${where} and ${condition}`;
}
