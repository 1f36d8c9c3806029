import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jsonForm, readReportValues, type Report } from './report.ts';

/** Far above any report. */
const mostBytes = 1_000_000;

export interface LogEndpoint {
  /** Takes POSTs of `{"step": 1, "NAME": NUMBER}`; whoever knows it may report. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Listens on the loopback address for what one trial's program reports over HTTP: 204 for a report that is kept, 400 with the
 * reason for a broken one. `take` says what is wrong with a report.
 */
export async function openLogEndpoint(
  take: (report: Report) => Promise<string | null>,
): Promise<LogEndpoint> {
  const path = `/log/${randomBytes(16).toString('hex')}`;
  const server = createServer((request, response) => {
    void answer(request, response, path, take).catch(() => {
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  server.unref();
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${path}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  take: (report: Report) => Promise<string | null>,
): Promise<void> {
  const say = (status: number, text = '') => {
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
  };
  if (request.url !== path) return say(404, 'not the address of a trial that runs');
  if (request.method !== 'POST') return say(405, 'reports come by POST');
  const text = await bodyOf(request);
  if (text === null) return say(413, `a report has ${mostBytes} bytes at most`);
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch (error) {
    return say(400, `${(error as Error).message}; allowed: ${jsonForm}`);
  }
  const report = readReportValues(values);
  const mistake = 'mistake' in report ? report.mistake : await take(report);
  return mistake === null ? say(204) : say(400, mistake);
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8') as AsyncIterable<string>) {
    text += chunk;
    if (text.length > mostBytes) return null;
  }
  return text;
}
