import type { Query } from './parse-query.ts';
import { queryMistake } from './query-mistake.ts';

/**
 * A query with columns by their whole names, where it has the last part of one, as plots name them: `scenario` for
 * `model.scenario`. A UserError where several columns end so; names that no column has stay.
 */
export function withWholeNames(query: Query, expression: string, columns: readonly string[]): Query {
  if (query.kind === 'not') return { ...query, part: withWholeNames(query.part, expression, columns) };
  if (query.kind !== 'compare') {
    return { ...query, parts: query.parts.map((part) => withWholeNames(part, expression, columns)) };
  }
  const [whole, ...others] = namesOf(query.column, columns);
  if (whole === undefined) return query;
  if (others.length === 0) return { ...query, column: whole };
  throw queryMistake(expression, query.at, `${query.column} may be ${[whole, ...others].join(' or ')}`);
}

/** The columns that a name stands for: the one that is called so, or those that end so. */
export function namesOf(name: string, columns: readonly string[]): string[] {
  return columns.includes(name) ? [name] : columns.filter((column) => column.endsWith(`.${name}`));
}
