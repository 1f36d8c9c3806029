import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ModelHandlers } from '../server/model-handlers.ts';

export interface Answered {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** What the dashboard's server itself answers, without its pages: a server of its own, until it is closed. */
export type ServedHandlers = Awaited<ReturnType<typeof serveHandlers>>;

export async function serveHandlers(
  runsDir: string,
  options: ConstructorParameters<typeof ModelHandlers>[1],
) {
  const handlers = new ModelHandlers(runsDir, options);
  const server = createServer((request, response) => {
    void handlers.handle(request, response).then((handled) => handled || response.writeHead(404).end());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
  return {
    url,
    /** Asks for a path below `url`; a body that is no text goes as JSON. */
    ask: async (method: string, path: string, body?: unknown): Promise<Answered> => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const response = await fetch(`${url}/${path}`, { method, ...(body !== undefined && { body: text }) });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    close: async () => {
      await handlers.close();
      server.close();
    },
  };
}
