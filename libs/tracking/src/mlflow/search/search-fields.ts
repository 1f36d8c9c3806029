import type { Fields } from '../requests/fields.ts';
import { invalid } from '../requests/mlflow-error.ts';

const views = ['ACTIVE_ONLY', 'DELETED_ONLY', 'ALL'] as const;
export type View = (typeof views)[number];

const mostResults = 50_000;

/** Which of what was deleted and what was not a search looks at. */
export function readView(fields: Fields, name: string): View {
  return fields.choice(name, views) ?? 'ACTIVE_ONLY';
}

/** 1,000 when it is left out. */
export function readMaxResults(fields: Fields): number {
  const value = fields.integer('max_results') ?? 1000;
  if (value > mostResults)
    throw invalid(
      `Invalid value for request parameter max_results. It must be at most ${mostResults}, but got value ${value}`,
    );
  if (value < 1)
    throw invalid(
      `Invalid value ${value} for parameter 'max_results' supplied: It must be a positive integer`,
    );
  return value;
}
