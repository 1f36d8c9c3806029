import type { ServerResponse } from 'node:http';
import * as z from 'zod';
import type { Operation } from './operation.ts';
import { pathParameters } from './path-parameters.ts';
import { Problem, problemOf, problemType, type ProblemDocument } from './problem.ts';

/** Browsers may keep even a 404 or a 410 unless they are told not to. */
const fresh = { 'cache-control': 'no-store' };

interface Input<O extends Operation> {
  params: z.output<O['params']>;
  query: z.output<O['query']>;
  body: z.output<NonNullable<O['body']>>;
}

/** A route handler that answers an operation with what `answer` gives, a Response where that is no JSON; its mistakes become problems (RFC 9457). */
export function respond<O extends Operation>(
  operation: O,
  answer: (input: Input<O>, request: Request) => Promise<z.input<O['answer']> | Response>,
) {
  return async (request: Request): Promise<Response> => {
    try {
      const input = {
        // Of the address itself, because a name may hold a %, which is to be decoded once.
        params: check(
          operation.params,
          pathParameters(operation.path, new URL(request.url).pathname) ?? {},
          'the path',
        ),
        query: check(operation.query, readQuery(request), 'the query'),
        body: operation.body && check(operation.body, await readBody(request), 'the body'),
      } as Input<O>;
      const answered = await answer(input, request);
      return answered instanceof Response
        ? await bodyIfWanted(request, answered)
        : jsonResponse(JSON.stringify(answered));
    } catch (error) {
      return refuse(error);
    }
  };
}

/** An answer; without its body, whose file is closed, where nobody reads it: for HEAD, and for those who are gone. */
export async function bodyIfWanted(request: Request, response: Response): Promise<Response> {
  if (request.method !== 'HEAD' && !request.signal.aborted) return response;
  await response.body?.cancel();
  return new Response(null, response);
}

/** An answer that is written as JSON already. */
export function jsonResponse(json: string): Response {
  return new Response(json, { headers: { ...fresh, 'content-type': 'application/json' } });
}

function check<T extends z.ZodType>(schema: T, value: unknown, where: string): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Problem(400, `${where} is not as documented: ${z.prettifyError(result.error)}`);
}

/** A name that comes several times becomes a list. */
function readQuery(request: Request): Record<string, string | string[]> {
  const query = new URL(request.url).searchParams;
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const values = query.getAll(name);
      return [name, values.length === 1 ? values[0]! : values];
    }),
  );
}

async function readBody(request: Request): Promise<unknown> {
  const text = await request.text();
  // Where a body may be left out, its schema says what that means.
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Problem(400, 'the body is not JSON');
  }
}

/** The answer to a request that an error ended. */
export function refuse(error: unknown): Response {
  const problem = problemOf(error);
  return Response.json(problem, {
    status: problem.status,
    headers: { ...fresh, 'content-type': problemType },
  });
}

/** The same for a response of Node's HTTP server, whose headers are not sent yet. */
export function writeProblem(response: ServerResponse, problem: ProblemDocument): void {
  response.writeHead(problem.status, { ...fresh, 'content-type': problemType });
  response.end(JSON.stringify(problem));
}
