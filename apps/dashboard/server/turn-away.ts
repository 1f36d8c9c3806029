import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { writeProblem } from '../api/respond.ts';
import { refusal, tokenCookie, withoutToken } from './guard.ts';
import { answerRefusal } from './mlflow/answer.ts';
import { isMlflowPath } from './mlflow/mlflow-path.ts';
import type { ServerOptions } from './options.ts';
import { readOnlyRefusal } from './read-only.ts';
import { securityHeaders } from './security-headers.ts';

/** Answers what is refused, and prepares what is not; true for what was refused. */
export function turnAway(
  request: IncomingMessage,
  response: ServerResponse,
  { token, readOnly }: Pick<ServerOptions, 'token' | 'readOnly'>,
): boolean {
  const nonce = randomBytes(16).toString('base64');
  const headers = securityHeaders(nonce);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const asked = { method: request.method ?? 'GET', headers: request.headers, url: request.url ?? '/' };
  const refused = refusal(asked, token) ?? (readOnly ? readOnlyRefusal(asked) : null);
  if (refused) {
    const { status, detail } = refused;
    // What is not read of a body would be taken for the next request.
    if (request.method !== 'GET') response.setHeader('connection', 'close');
    if (isMlflowPath(asked.url)) answerRefusal(response, status, detail);
    else writeProblem(response, { title: 'Refused', status, detail });
    return true;
  }
  const goOn = token === null ? null : withoutToken(asked);
  if (goOn !== null) {
    // Lax, so that a link that a colleague sends opens; what changes something is checked for its origin besides.
    response.setHeader('set-cookie', `${tokenCookie}=${token}; HttpOnly; SameSite=Lax; Path=/`);
    response.writeHead(303, { location: goOn, 'cache-control': 'no-store' }).end();
    return true;
  }
  // Next.js gives its own inline scripts the nonce of the request's policy.
  request.headers['content-security-policy'] = headers['content-security-policy'];
  request.headers['x-nonce'] = nonce;
  return false;
}
