import type { Comparison, Literal, Query } from './parse-query.ts';
import type { RunRow, Value } from './run-row.ts';

/**
 * Whether a run fits. What a run does not have equals null and nothing else, and is neither smaller nor greater than
 * anything. Texts and tags are compared without regard to case by `contains`; a list of tags equals a tag that it holds.
 */
export function matchQuery(query: Query, row: RunRow): boolean {
  switch (query.kind) {
    case 'and':
      return query.parts.every((part) => matchQuery(part, row));
    case 'or':
      return query.parts.some((part) => matchQuery(part, row));
    case 'not':
      return !matchQuery(query.part, row);
    case 'compare':
      return compare(row[query.column] ?? null, query.comparison, query.values);
  }
}

function compare(found: Value, comparison: Comparison, values: readonly Literal[]): boolean {
  const value = values[0]!;
  switch (comparison) {
    case '=':
      return equals(found, value);
    case '!=':
      return !equals(found, value);
    case 'in':
      return values.some((each) => equals(found, each));
    case 'contains':
      return contains(found, value);
    default:
      return ordered(found, comparison, value);
  }
}

function equals(found: Value, value: Literal): boolean {
  if (found !== null && typeof found === 'object')
    return value === null ? found.length === 0 : found.includes(String(value));
  return found === value;
}

function contains(found: Value, value: Literal): boolean {
  if (found === null || value === null) return false;
  const wanted = String(value).toLowerCase();
  return [found].flat().some((each) => String(each).toLowerCase().includes(wanted));
}

function ordered(found: Value, comparison: '<' | '<=' | '>' | '>=', value: Literal): boolean {
  if (value === null || found === null || typeof found !== typeof value) return false;
  const [a, b] = [found as string | number, value as string | number];
  if (comparison === '<') return a < b;
  if (comparison === '<=') return a <= b;
  return comparison === '>' ? a > b : a >= b;
}
