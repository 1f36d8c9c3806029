import { didYouMean, nearest } from '@thaw/experiment';
import { UserError } from '@thaw/base';
import { checkQuery, columnKinds } from './check-query.ts';
import { matchQuery } from './match-query.ts';
import { parseQuery } from './parse-query.ts';
import type { RunRow } from './run-row.ts';
import { namesOf, withWholeNames } from './whole-names.ts';

/** The rows that an expression (see `parseQuery`) is true for; a UserError where it cannot be read or fits no column. */
export function filterRows(rows: readonly RunRow[], expression: string): RunRow[] {
  const columns = columnKinds(rows);
  const query = withWholeNames(parseQuery(expression), expression, [...columns.keys()]);
  if (rows.length > 0) checkQuery(query, expression, columns);
  return rows.filter((row) => matchQuery(query, row));
}

/** A UserError for a column that none of the rows has; no rows have every column. */
export function checkColumn(rows: readonly RunRow[], column: string): void {
  if (rows.length === 0) return;
  const columns = [...columnKinds(rows).keys()];
  if (!columns.includes(column)) {
    const near = namesOf(column, columns)[0] ?? nearest(column, columns);
    throw new UserError(`no run has a column ${column}${didYouMean(near)}`);
  }
}
