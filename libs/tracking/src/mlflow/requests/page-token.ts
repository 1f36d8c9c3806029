import { invalid } from './mlflow-error.ts';

export interface Page {
  readonly maxResults: number;
  /** Of an earlier answer; null for the first page. */
  readonly token: string | null;
}

/** A page of `all`, and the token of the next one; null where there is none. A token is the base64 of {"offset": n}, as MLflow's. */
export function pageOf<T>(
  all: readonly T[],
  { maxResults, token }: Page,
): { page: readonly T[]; next: string | null } {
  const start = offsetOf(token);
  const end = start + maxResults;
  const next = end < all.length ? Buffer.from(JSON.stringify({ offset: end })).toString('base64') : null;
  return { page: all.slice(start, end), next };
}

function offsetOf(token: string | null): number {
  if (token === null || token === '') return 0;
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(token) || token.length % 4 !== 0)
    throw invalid('Invalid page token, could not base64-decode');
  const text = Buffer.from(token, 'base64').toString('utf8');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw invalid(`Invalid page token, decoded value=${JSON.stringify(text)}`);
  }
  const offset = (parsed as { offset?: unknown } | null)?.offset;
  if (Number.isSafeInteger(offset) && (offset as number) > 0) return offset as number;
  throw invalid(`Invalid page token, parsed value=${text}`);
}
