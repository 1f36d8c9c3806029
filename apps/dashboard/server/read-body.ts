import type { IncomingMessage } from 'node:http';
import { Problem } from '../api/problem.ts';

/** A request's body, of at most `limit` bytes; what comes beyond is not kept. Rejects where the client goes before its end. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((done, fail) => {
    const gone = () => fail(new Error('the client went away before the end of its request'));
    // One that has broken off already tells nothing more.
    if (request.destroyed) return gone();
    let parts: Buffer[] = [];
    let length = 0;
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length <= limit) {
        parts.push(part);
        return;
      }
      parts = [];
      fail(new Problem(413, `a request may bring ${limit / 1e6} MB at most`));
    });
    request.on('end', () => done(Buffer.concat(parts)));
    request.on('error', fail);
    request.on('close', gone);
  });
}
