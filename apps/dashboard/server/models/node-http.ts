import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../read-body.ts';

/** No request but one with an image brings as much. */
const bodyLimit = 1_000_000;

/** Answers a request of Node's HTTP server with a handler of the Fetch standard's. Never rejects. */
export async function answerWith(
  handler: (request: Request) => Promise<Response>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
    const answer = await handler(
      new Request(new URL(request.url ?? '/', 'http://localhost'), {
        method: request.method ?? 'GET',
        ...(hasBody && { body: new Uint8Array(await readBody(request, bodyLimit)) }),
      }),
    );
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  } catch {
    // The request broke off, so nobody waits for an answer.
    response.destroy();
  }
}
