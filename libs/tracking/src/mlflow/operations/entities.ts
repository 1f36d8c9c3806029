import { isoTime } from '@thaw/base';
import { Fields } from '../requests/fields.ts';
import { invalid } from '../requests/mlflow-error.ts';
import { checkName, cut, limits } from '../requests/names.ts';
import type { Point } from '../runs/journal.ts';

/** A tag of a request, its value cut to what is kept. */
export function readTag(fields: Fields): [string, string] {
  const key = fields.required('key');
  checkName('tag', key);
  return [key, cut(fields.text('value') ?? '', limits.tag)];
}

/** Of several with one key the last counts. */
export function readTags(fields: Fields): Map<string, string> {
  return new Map(fields.objects('tags').map(readTag));
}

export function readParam(fields: Fields): [string, string] {
  const key = fields.required('key');
  checkName('parameter', key);
  return [key, cut(fields.text('value') ?? '', limits.param)];
}

/** A metric's value: `value` and `timestamp` (ms since 1970) must be there, the step is 0 when it is left out. */
export function readPoint(fields: Fields): Point {
  const key = fields.required('key');
  checkName('metric', key);
  const value = fields.requiredDouble('value');
  const timestamp = fields.requiredInteger('timestamp');
  if (timestamp < 0)
    throw invalid(
      `Got invalid timestamp ${timestamp} for metric '${key}' (value=${value}). Timestamp must be a nonnegative long (64-bit integer) `,
    );
  return { key, value, timestamp, step: fields.integer('step') ?? 0 };
}

/** A time in ms since 1970; null where it is left out. INVALID_PARAMETER_VALUE outside the years 0 to 9999, which are those of records. */
export function readTime(fields: Fields, name: string): number | null {
  const ms = fields.integer(name);
  if (ms === null || isoTime(ms) !== null) return ms;
  throw invalid(
    `Invalid value ${ms} for parameter '${name}' supplied: allowed: ms since 1970, of the years 0 to 9999`,
  );
}

/** What a request brings at most of each kind. */
export function checkBatch(counts: Readonly<Record<'metrics' | 'params' | 'tags', number>>): void {
  const { metrics, params, tags } = counts;
  const most = [
    ['metrics', metrics, limits.batch],
    ['params', params, limits.pairs],
    ['tags', tags, limits.pairs],
    ['metrics, params, and tags', metrics + params + tags, limits.batch],
  ] as const;
  for (const [what, count, limit] of most) {
    if (count > limit)
      throw invalid(
        `A batch logging request can contain at most ${limit} ${what}. Got ${count} ${what}. Please split up ${what} across multiple requests and try again.`,
      );
  }
}
