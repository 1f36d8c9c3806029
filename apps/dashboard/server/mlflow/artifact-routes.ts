import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { MlflowError, type Artifacts } from '@thaw/tracking/mlflow';
import { answerJson } from './answer.ts';
import { artifactsPath } from './mlflow-path.ts';

/** The artifact proxy: files up, down and away, and what a folder has. */
export async function answerArtifacts(
  artifacts: Artifacts,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const path = decodeURIComponent(url.pathname.slice(artifactsPath.length + 1));
  if (request.method === 'GET' && path === '') {
    const files = await artifacts.list(url.searchParams.get('path') ?? '');
    answerJson(response, files.length > 0 ? { files } : {});
  } else if (request.method === 'GET') await send(artifacts, path, response);
  else if (path === '') throw new MlflowError('INVALID_PARAMETER_VALUE', 'Invalid path: it is empty');
  else if (request.method === 'PUT') {
    await artifacts.write(path, request);
    answerJson(response, {});
  } else if (request.method === 'DELETE') {
    await artifacts.remove(path);
    answerJson(response, {});
  } else throw new MlflowError('ENDPOINT_NOT_FOUND', `No ${request.method} ${url.pathname} is answered here`);
}

/** To be kept and never shown: what a client left could be a page with scripts. */
async function send(artifacts: Artifacts, path: string, response: ServerResponse): Promise<void> {
  const { stream, bytes } = await artifacts.read(path);
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': bytes,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(basename(path))}`,
    'x-content-type-options': 'nosniff',
  });
  // Who stops listening, or a file that goes away, ends it; the headers are sent.
  await pipeline(stream, response).catch(() => response.destroy());
}
