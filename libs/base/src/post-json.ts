import { setTimeout as wait } from 'node:timers/promises';
import { UserError } from './user-error.ts';

/** Where documents are posted. Its path, its query and its credentials may be secrets, so that only `origin` is ever shown. */
export interface PostAddress {
  readonly url: string;
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface PostOptions {
  /** Milliseconds for each attempt; 10 s. */
  readonly timeoutMs?: number;
  readonly sleep?: (ms: number) => Promise<unknown>;
}

const retryMs = 2000;

/** Reads an http or https address; null for what is none. A name and password in it become a header. */
export function postAddress(text: string): PostAddress | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  const { username, password, origin } = url;
  const [name, word] = [decodeURIComponent(username), decodeURIComponent(password)];
  url.username = url.password = '';
  const basic = Buffer.from(`${name}:${word}`).toString('base64');
  return {
    url: url.href,
    origin,
    headers: username === '' && password === '' ? {} : { authorization: `Basic ${basic}` },
  };
}

/**
 * Posts a JSON document, and once more after two seconds where nobody answers or the server fails. Throws a UserError of kind
 * `unavailable` that names the origin alone.
 */
export async function postJson(
  { url, origin, headers }: PostAddress,
  document: unknown,
  { timeoutMs = 10_000, sleep = wait }: PostOptions = {},
): Promise<void> {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(document),
    redirect: 'manual',
  } as const;
  const attempt = async (): Promise<{ problem: string; mayPass: boolean } | null> => {
    try {
      const answer = await fetch(url, { ...request, signal: AbortSignal.timeout(timeoutMs) });
      await answer.body?.cancel();
      if (answer.ok) return null;
      const mayPass = answer.status >= 500 || answer.status === 429;
      return { problem: `it answered ${answer.status}`, mayPass };
    } catch (error) {
      return { problem: reasonOf(error, timeoutMs), mayPass: true };
    }
  };
  let failed = await attempt();
  if (failed?.mayPass) {
    await sleep(retryMs);
    failed = await attempt();
  }
  if (failed) throw new UserError(`${origin}: ${failed.problem}`, { kind: 'unavailable' });
}

/** Its code alone: a message may hold the address. */
function reasonOf(error: unknown, timeoutMs: number): string {
  const { name, cause } = error as Error;
  if (name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  const { code } = (cause ?? {}) as NodeJS.ErrnoException;
  return `it cannot be reached${code === undefined ? '' : ` (${code})`}`;
}
