import { request } from 'node:http';
import type { HostileRequest } from './hostile-request.ts';

/** The status of the answer to a request that is sent as it is, which `fetch` would tidy. */
export function sendRaw(url: string, { method, path, headers, body }: HostileRequest): Promise<number> {
  const { hostname, port } = new URL(url);
  return new Promise((done, fail) => {
    const asked = request(
      { hostname, port, method, path, headers: { ...headers, connection: 'close' } },
      (response) => {
        response.resume();
        response.on('end', () => done(response.statusCode!));
      },
    );
    asked.on('error', fail);
    asked.end(body);
  });
}
