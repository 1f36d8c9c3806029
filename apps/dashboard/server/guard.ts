import { timingSafeEqual } from 'node:crypto';
import { sha256 } from '@thaw/base';
import { limits } from '../api/predict-limits.ts';
import { apiBodyLimit } from './mlflow/mlflow-handler.ts';
import { isArtifactPath, isMlflowPath } from './mlflow/mlflow-path.ts';
import { predictPath } from './predict/predict-path.ts';

/** What of a request says whether it may be answered. Header names are in lower case. */
export interface GuardedRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly url: string;
}

export interface Refusal {
  readonly status: 400 | 401 | 403 | 405 | 411 | 413 | 415;
  readonly detail: string;
}

export const tokenCookie = 'thaw_token';

/** The longest body that a request may have, in bytes. */
const bodyLimit = 1_000_000;

/** Next.js breaks on others. */
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** What relative addresses are read against. */
const base = 'http://localhost';

const localNames = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * Why a request is refused; null for one that may pass. Without a token only this machine's own names may be asked for, so
 * that no page elsewhere reaches the server under a name of its own (DNS rebinding). What changes something must come from
 * the dashboard's own pages or from a program, as JSON of at most 1 MB, or as an image to be classified.
 */
export function refusal(request: GuardedRequest, token: string | null): Refusal | null {
  const { headers, method, url } = request;
  if (!methods.includes(method)) return { status: 405, detail: `nothing here is asked for by ${method}` };
  if (!isReadable(url))
    return { status: 400, detail: 'the address cannot be read: a % in it does not begin a character' };
  const host = String(headers['host'] ?? '');
  if (token === null && !localNames.test(host)) {
    return { status: 403, detail: `this server answers on this machine's own address only, not as ${host}` };
  }
  if (token !== null && !hasToken(request, token)) {
    return { status: 401, detail: 'open the address with the token that the server printed when it started' };
  }
  if (method === 'GET' || method === 'HEAD') return null;
  const origin = headers['origin'];
  const foreign = origin !== undefined && !sameHost(String(origin), host);
  const site = headers['sec-fetch-site'];
  if (foreign || (site !== undefined && site !== 'same-origin' && site !== 'none')) {
    return { status: 403, detail: 'pages of other origins may not change anything here' };
  }
  return bodyRefusal(request);
}

/** The token that a request brings: of its address, as a bearer, or in a cookie. */
export function tokenOf({ url, headers }: GuardedRequest): string | null {
  const asked = new URL(url, base).searchParams.get('token');
  const bearer = /^Bearer (.+)$/.exec(String(headers['authorization'] ?? ''))?.[1];
  const cookie = new RegExp(`(?:^|; )${tokenCookie}=([^;]+)`).exec(String(headers['cookie'] ?? ''))?.[1];
  return asked ?? bearer ?? cookie ?? null;
}

/**
 * Where the browser goes on that opened a page with the token in its address: the same page without it, so that no history and
 * no screenshot keeps it. Null where there is nothing to take away.
 */
export function withoutToken({ method, url }: GuardedRequest): string | null {
  const { pathname, searchParams } = new URL(url, base);
  if (method !== 'GET' || !searchParams.has('token') || pathname.startsWith('/api/')) return null;
  searchParams.delete('token');
  // One slash, because two would begin the address of another server.
  return `${pathname.replace(/^\/+/, '/')}${searchParams.size > 0 ? `?${searchParams.toString()}` : ''}`;
}

/** Whether an address and its path's characters are as they must be, without the null character. */
function isReadable(url: string): boolean {
  if (!URL.canParse(url, base)) return false;
  try {
    return !decodeURIComponent(url.split('?', 1)[0]!).includes('\0');
  } catch {
    return false;
  }
}

function hasToken(request: GuardedRequest, token: string): boolean {
  const brought = tokenOf(request);
  // Hashed, because only equally long texts can be compared in constant time.
  return brought !== null && timingSafeEqual(Buffer.from(sha256(brought)), Buffer.from(sha256(token)));
}

function sameHost(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}

function bodyRefusal({ headers, url }: GuardedRequest): Refusal | null {
  // Of any kind and size, and written to disk as it comes.
  if (isArtifactPath(url)) return null;
  const isImage = predictPath(url) !== null;
  const limit = isImage ? limits.body : isMlflowPath(url) ? apiBodyLimit : bodyLimit;
  if (headers['transfer-encoding'] !== undefined && !isImage) {
    return { status: 411, detail: 'a request says beforehand how long it is (content-length)' };
  }
  const length = Number(headers['content-length'] ?? 0);
  if (length > limit) return { status: 413, detail: `a request may bring ${limit} bytes at most` };
  const type = String(headers['content-type'] ?? '');
  // Predictions say themselves what they take.
  if (length === 0 || isImage || /^application\/json\b/i.test(type)) return null;
  return {
    status: 415,
    detail: `a request brings JSON (application/json), not ${type || 'a body of no type'}`,
  };
}
