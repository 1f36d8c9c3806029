import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import next from 'next';
import { UserError } from '@thaw/base';
import { readOnlyVariable } from '../store/read-only.ts';
import { runsDirVariable } from '../store/runs-dir.ts';
import { index } from '../store/store.ts';
import { appFolder, distVariable } from './build.ts';
import { MlflowHandler } from './mlflow/mlflow-handler.ts';
import { ModelHandlers } from './model-handlers.ts';
import { packedBuild, usePackedConfig } from './packed-build.ts';
import { shownAddresses } from './shown-addresses.ts';
import { turnAway } from './turn-away.ts';
import type { ServerOptions } from './options.ts';

/** Serves the pages of a build (see `buildIfChanged`) until the process is told to end, and says where on `progress`. A UserError for a port in use. */
export async function serve(
  options: ServerOptions,
  build: string,
  progress: NodeJS.WritableStream,
): Promise<void> {
  process.env[runsDirVariable] = options.runsDir;
  process.env[readOnlyVariable] = String(options.readOnly);
  process.env[distVariable] = build;
  const compress = options.token !== null;
  process.env['THAW_COMPRESS'] = String(compress);
  if (build === packedBuild) await usePackedConfig(appFolder, compress);
  const app = next({ dev: false, dir: appFolder });
  await app.prepare();
  const handle = app.getRequestHandler();
  const models = new ModelHandlers(options.runsDir, { limits: options, index });
  const mlflow = new MlflowHandler(options.runsDir);
  const server = createServer((request, response) => {
    if (turnAway(request, response, options)) return;
    if (mlflow.handle(request, response)) return;
    void models.handle(request, response).then((handled) => {
      if (!handled) void handle(request, response);
    });
  });
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  const query = options.token === null ? '' : `/?token=${options.token}`;
  const { here, elsewhere } = shownAddresses(options.host, port, networkInterfaces());
  progress.write(`The dashboard shows ${options.runsDir} at ${here}${query}\n`);
  for (const address of elsewhere) progress.write(`From other machines: ${address}${query}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void models.close();
      server.close(() => void mlflow.close().finally(() => process.exit(0)));
      server.closeAllConnections();
    });
  }
}

function listen(server: Server, { port, host }: ServerOptions): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => fail(listenProblem(error, port, host)));
    server.listen(port, host, () => done());
  });
}

function listenProblem(error: NodeJS.ErrnoException, port: number, host: string): Error {
  if (error.code === 'EADDRINUSE') {
    return new UserError(`port ${port} of ${host} is in use; choose another with --port`);
  }
  if (error.code === 'EACCES')
    return new UserError(`port ${port} may not be opened; choose one above 1023 with --port`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new UserError(`--host: this machine has no address ${host}`);
  }
  return error;
}
