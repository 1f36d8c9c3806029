import { invalid } from '../requests/mlflow-error.ts';
import type { Clause } from './parse-filter.ts';

const numeric = ['>', '>=', '!=', '=', '<', '<='];
const textual = ['!=', '=', 'LIKE', 'ILIKE'];

/** Whether a number that is there is as a clause says. INVALID_PARAMETER_VALUE for a clause that compares with no number. */
export function numberTest({ column, comparator, value }: Clause): (found: number) => boolean {
  checkComparator(comparator, numeric);
  if (!('kind' in value) || value.kind !== 'number')
    throw invalid(`Expected numeric value type for ${column}. Found ${shown(value)}`);
  const wanted = Number(value.text);
  return (found) => {
    if (comparator === '=') return found === wanted;
    if (comparator === '!=') return found !== wanted;
    if (comparator.startsWith('>')) return comparator === '>' ? found > wanted : found >= wanted;
    return comparator === '<' ? found < wanted : found <= wanted;
  };
}

/** The same for a text, which a clause has in quotes; with `lists` it may be compared with a list of them. */
export function textTest({ column, comparator, value }: Clause, lists: boolean): (found: string) => boolean {
  checkComparator(comparator, lists ? [...textual, 'IN', 'NOT IN'] : textual);
  if (!('kind' in value)) return (found) => value.includes(found) === (comparator === 'IN');
  if (value.kind !== 'text')
    throw invalid(`Expected a quoted string value for ${column} (e.g. 'my-value'). Got value ${value.text}`);
  if (comparator === '=') return (found) => found === value.text;
  if (comparator === '!=') return (found) => found !== value.text;
  const pattern = likePattern(value.text, comparator === 'ILIKE');
  return (found) => pattern.test(found);
}

function likePattern(like: string, ignoreCase: boolean): RegExp {
  const escaped = like
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('_', '.')
    .replaceAll('%', '.*');
  return new RegExp(`^${escaped}$`, ignoreCase ? 'is' : 's');
}

function checkComparator(comparator: string, allowed: readonly string[]): void {
  if (!allowed.includes(comparator))
    throw invalid(`Invalid comparator '${comparator}' not one of '${allowed.join("', '")}'`);
}

function shown(value: Clause['value']): string {
  return 'kind' in value ? value.text : `(${value.join(', ')})`;
}
