import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { operations } from '../../api/operations.ts';
import { pathParameters } from '../../api/path-parameters.ts';
import type { respond } from '../../api/respond.ts';
import { MlflowHandler } from '../../server/mlflow/mlflow-handler.ts';
import { ModelHandlers } from '../../server/model-handlers.ts';
import { answerWith } from '../../server/models/node-http.ts';
import { turnAway } from '../../server/turn-away.ts';
import { index } from '../../store/store.ts';

const routes = join(import.meta.dirname, '../../app/api/v1');

/** The dashboard's server without its pages, in this process: Next.js's part of the API is done by the routes themselves. */
export async function startInProcess(runsDir: string) {
  const limits = { directory: runsDir, data: [], programs: false, readOnly: false, token: null };
  const models = new ModelHandlers(runsDir, { limits, index });
  const mlflow = new MlflowHandler(runsDir);
  const server = createServer((request, response) => {
    if (turnAway(request, response, limits) || mlflow.handle(request, response)) return;
    void models.handle(request, response).then((handled) => {
      if (!handled) void answerByRoute(request, response);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await Promise.all([models.close(), mlflow.close()]);
    },
  };
}

async function answerByRoute(request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const { path } of operations) {
    if (!pathParameters(path, request.url!)) continue;
    const folder = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      name === 'path' ? '[...path]' : `[${name}]`,
    );
    const handlers = (await import(join(routes, folder, 'route.ts'))) as Record<
      string,
      ReturnType<typeof respond>
    >;
    const handler = handlers[request.method!];
    if (!handler) return void response.writeHead(405).end();
    return answerWith(handler, request, response);
  }
  response.writeHead(404).end();
}
