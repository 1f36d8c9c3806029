import type * as z from 'zod';
import { apiBase, type Operation } from '../api/operation.ts';

/** An answer that is none of the documented ones; the message is the server's. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface ApiInput<O extends Operation> {
  params?: z.input<O['params']>;
  query?: z.input<O['query']>;
  body?: z.input<NonNullable<O['body']>>;
  signal?: AbortSignal;
}

/** Asks the API. An ApiError where it refuses; an Error where no server answers. */
export async function fetchApi<O extends Operation>(
  operation: O,
  { params, query, body, signal }: ApiInput<O> = {},
): Promise<z.output<O['answer']>> {
  return answerOf(apiUrl(operation, params, query), {
    method: operation.method.toUpperCase(),
    signal: signal ?? null,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  });
}

/** Asks the API with a form. Errors are those of `fetchApi`. */
export function fetchForm<O extends Operation>(
  operation: O,
  { params, form }: { params: z.input<O['params']>; form: FormData },
): Promise<z.output<O['answer']>> {
  return answerOf(apiUrl(operation, params), { method: operation.method.toUpperCase(), body: form });
}

async function answerOf<T>(url: string, init: RequestInit): Promise<T> {
  const response = await send(url, init);
  if (response.ok) return (await response.json()) as T;
  throw new ApiError(response.status, await problemText(response));
}

/** The address that answers an operation. */
export function apiUrl(
  { path }: Pick<Operation, 'path'>,
  params: Record<string, unknown> = {},
  query: Record<string, unknown> = {},
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of [value].flat()) if (each !== undefined) search.append(name, String(each));
  }
  return `${apiBase}${filled}${search.size > 0 ? `?${search.toString()}` : ''}`;
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new Error("The dashboard's server does not answer; is `npx nx run dashboard` still running?", {
      cause: error,
    });
  }
}

async function problemText(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => null)) as { detail?: string } | null;
  return problem?.detail ?? `the server answered ${response.status} ${response.statusText}`;
}
