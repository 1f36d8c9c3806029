import { timingSafeEqual } from 'node:crypto';
import { sha256 } from '@thaw/base';
import { limits } from '../api/predict-limits.ts';
import { predictPath } from './predict/predict-path.ts';

/** What of a request says whether it may be answered. Header names are in lower case. */
export interface GuardedRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly url: string;
}

export interface Refusal {
  readonly status: 401 | 403 | 413 | 415;
  readonly detail: string;
}

export const tokenCookie = 'thaw_token';

/** The longest body that a request may have, in bytes. */
const bodyLimit = 1_000_000;

const localNames = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * Why a request is refused; null for one that may pass. Without a token only this machine's own names may be asked for, so
 * that no page elsewhere reaches the server under a name of its own (DNS rebinding). What changes something must come from
 * the dashboard's own pages or from a program, as JSON of at most 1 MB, or as an image to be classified.
 */
export function refusal(request: GuardedRequest, token: string | null): Refusal | null {
  const { headers, method } = request;
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
  const asked = new URL(url, 'http://localhost').searchParams.get('token');
  const bearer = /^Bearer (.+)$/.exec(String(headers['authorization'] ?? ''))?.[1];
  const cookie = new RegExp(`(?:^|; )${tokenCookie}=([^;]+)`).exec(String(headers['cookie'] ?? ''))?.[1];
  return asked ?? bearer ?? cookie ?? null;
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
  const isImage = predictPath(url) !== null;
  const limit = isImage ? limits.body : bodyLimit;
  const length = Number(headers['content-length'] ?? 0);
  if (length > limit) return { status: 413, detail: `a request may bring ${limit} bytes at most` };
  const type = String(headers['content-type'] ?? '');
  const empty = length === 0 && headers['transfer-encoding'] === undefined;
  // Predictions say themselves what they take.
  if (empty || isImage || /^application\/json\b/i.test(type)) return null;
  return {
    status: 415,
    detail: `a request brings JSON (application/json), not ${type || 'a body of no type'}`,
  };
}
