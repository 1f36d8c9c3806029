import type { IncomingMessage, ServerResponse } from 'node:http';
import { MlflowApi, MlflowError } from '@thaw/tracking/mlflow';
import { readBody } from '../read-body.ts';
import { answerArtifacts } from './artifact-routes.ts';
import { answerError, answerJson } from './answer.ts';
import { apiPath, artifactsPath, isMlflowPath } from './mlflow-path.ts';

/** Predictions of 300,000 images fit; no batch of the size that MLflow documents is as long. */
export const apiBodyLimit = 64_000_000;

/** Answers clients of MLflow, so that they log to this server's runs. */
export class MlflowHandler {
  readonly #api: MlflowApi;

  constructor(runsDir: string) {
    this.#api = new MlflowApi(runsDir);
  }

  /** Answers the request; false where it is for somebody else. */
  handle(request: IncomingMessage, response: ServerResponse): boolean {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!isMlflowPath(url.pathname)) return false;
    void this.#answer(request, response, url).catch((error: unknown) => {
      // Who broke off waits for no answer.
      if (response.headersSent || (request.destroyed && !request.complete)) return void response.destroy();
      // What is not read of a body would be taken for the next request.
      if (!request.complete) response.setHeader('connection', 'close');
      answerError(response, error);
    });
    return true;
  }

  async close(): Promise<void> {
    await this.#api.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const method = request.method ?? 'GET';
    if (isArtifacts(url.pathname)) return answerArtifacts(this.#api.artifacts, request, response, url);
    if (!url.pathname.startsWith(apiPath))
      throw new MlflowError('ENDPOINT_NOT_FOUND', `No ${method} ${url.pathname} is answered here`);
    const values = method === 'GET' ? fieldsOfQuery(url.searchParams) : fieldsOfBody(await bodyOf(request));
    answerJson(
      response,
      await this.#api.answer(method, decodeURIComponent(url.pathname.slice(apiPath.length)), values),
    );
  }
}

function isArtifacts(path: string): boolean {
  return path === artifactsPath || path.startsWith(`${artifactsPath}/`);
}

const lists = ['order_by', 'experiment_ids'];

/** What may come several times is a list. */
function fieldsOfQuery(query: URLSearchParams): Record<string, unknown> {
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => [
      name,
      lists.includes(name) ? query.getAll(name) : query.get(name),
    ]),
  );
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  try {
    return (await readBody(request, apiBodyLimit)).toString('utf8');
  } catch (error) {
    throw new MlflowError('INVALID_PARAMETER_VALUE', (error as Error).message);
  }
}

/** Old clients send JSON as a text in JSON. */
function fieldsOfBody(text: string): unknown {
  if (text.trim() === '') return {};
  const body = parse(text);
  return typeof body === 'string' ? parse(body) : body;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const hint = /\bNaN|\bInfinity/.test(text)
      ? '; what is not finite is sent as the text "NaN", "Infinity" or "-Infinity"'
      : '';
    throw new MlflowError(
      'INVALID_PARAMETER_VALUE',
      `the body is not JSON: ${(error as Error).message}${hint}`,
    );
  }
}
