import { didYouMean, metricNamesOf, nearest } from '@thaw/experiment';
import type { Literal, Query } from './parse-query.ts';
import { queryMistake } from './query-mistake.ts';
import type { RunRow } from './run-row.ts';

type Kind = 'number' | 'text' | 'yes or no' | 'tags';

/** Columns that runs of before do not have, and all others may. */
const metricColumns = (['train_', 'val_', 'test_'] as const).flatMap(metricNamesOf<string>);

/** The kinds of value that each column of some runs holds; none for a metric that no run has. */
export function columnKinds(rows: Iterable<RunRow>): Map<string, Set<Kind>> {
  const columns = new Map<string, Set<Kind>>(metricColumns.map((name) => [name, new Set()]));
  for (const row of rows) {
    for (const name in row) {
      let kinds = columns.get(name);
      if (!kinds) columns.set(name, (kinds = new Set()));
      const value = row[name];
      if (value !== null && value !== undefined) kinds.add(kindOf(value as Exclude<Literal, null>));
    }
  }
  return columns;
}

/** A UserError where a query names a column that no run has, or compares one with what it never holds. */
export function checkQuery(
  query: Query,
  expression: string,
  columns: ReadonlyMap<string, ReadonlySet<Kind>>,
): void {
  if (query.kind === 'not') return checkQuery(query.part, expression, columns);
  if (query.kind !== 'compare') return query.parts.forEach((part) => checkQuery(part, expression, columns));
  const { column, comparison, values, at } = query;
  const kinds = columns.get(column);
  if (!kinds) {
    const near = nearest(column, [...columns.keys()]);
    throw queryMistake(expression, at, `no run has a column ${column}${didYouMean(near)}`);
  }
  if (kinds.size === 0 || comparison === 'contains') return;
  for (const value of values) {
    if (value === null) continue;
    const kind = kindOf(value);
    const fits = kinds.has(kind) || (kind !== 'number' && kind !== 'yes or no' && kinds.has('tags'));
    if (!fits) {
      throw queryMistake(
        expression,
        at,
        `${column} holds ${[...kinds].join(' or ')}, which cannot be compared with ${JSON.stringify(value)} (${kind})`,
      );
    }
  }
}

function kindOf(value: Exclude<Literal, null> | readonly string[]): Kind {
  if (typeof value === 'object') return 'tags';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'yes or no' : 'text';
}
