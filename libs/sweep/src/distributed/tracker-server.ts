import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { isFullDisk, sha256, UserError } from '@thaw/base';
import type * as z from 'zod';

import {
  claimSchema,
  endSchema,
  eventsSchema,
  releaseSchema,
  type Refusal,
  type Refused,
} from './tracker-api.ts';
import { Refuse } from './refuse.ts';
import type { TrialDesk } from './trial-desk.ts';

export interface TrackerServerOptions {
  readonly desk: TrialDesk;
  readonly token: string;
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
}

/** The largest file of a run: MobileNetV2's weights are 14 MB. */
const largestBody = 512 * 2 ** 20;

/** How long the head of a request may take; its body may take as long as it comes at all. */
const headersMs = 60_000;
/** How long a connection may be silent: longer than the client of an upload waits. */
const silenceMs = 180_000;

const statuses: Record<Refusal, number> = {
  invalid: 400,
  lost: 410,
  leased: 409,
  settled: 409,
  unknown: 404,
};

/** Serves the API of `tracker-api.ts`. Throws UserError where the port cannot be had. */
export async function serveTracker({ desk, token, host, port }: TrackerServerOptions): Promise<Server> {
  // A slow network may take longer for a file than any limit of Node's for a whole request.
  const server = createServer({ requestTimeout: 0, headersTimeout: headersMs }, (request, response) => {
    answer(request, desk, token).then(
      (value) => {
        reply(response, 200, value ?? {});
      },
      (error: unknown) => {
        if (isFullDisk(error)) desk.breakOff((error as Error).message);
        const status = error instanceof Refuse ? statuses[error.refusal] : 500;
        const refusal = error instanceof Refuse ? error.refusal : 'invalid';
        reply(response, error instanceof Unauthorized ? 401 : status, {
          refusal,
          message: (error as Error).message,
        });
      },
    );
  });
  server.setTimeout(silenceMs);
  server.listen({ host, port });
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new UserError(`the tracker cannot listen on ${host}:${port}: ${(error as Error).message}`, {
      kind: 'unavailable',
      remedy: { do: 'choose', what: 'address of the tracker' },
    });
  }
  return server;
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

class Unauthorized extends Error {}

async function answer(request: IncomingMessage, desk: TrialDesk, token: string): Promise<unknown> {
  if (!isBearer(request.headers.authorization, token))
    throw new Unauthorized('the token is missing or wrong');
  const { pathname } = new URL(request.url ?? '/', 'http://tracker');
  const [version, kind, ...rest] = pathname.slice(1).split('/').map(decodeURIComponent);
  const route = `${request.method} ${version}/${kind}`;
  const [id, what, ...more] = rest as [string, string, ...string[]];
  // A worker that is heard lives, however long the rest takes to come.
  const body = await readBody(request, () => {
    if (kind === 'attempts') desk.heard(id);
  });
  if (route === 'PUT v1/trials' && more[0] === 'attempts' && more[1] !== undefined) {
    return desk.claim(id, Number(what), more[1], parse(claimSchema, body));
  }
  if (route === 'PUT v1/attempts' && what === 'files') {
    return desk.file(id, more.join('/'), body, String(request.headers['x-sha256']));
  }
  if (route === 'POST v1/attempts' && what === 'events') return desk.events(id, parse(eventsSchema, body));
  if (route === 'POST v1/attempts' && what === 'end') return desk.end(id, parse(endSchema, body));
  if (route === 'POST v1/attempts' && what === 'release') {
    return desk.release(id, parse(releaseSchema, body).reason);
  }
  throw new Refuse('unknown', `there is no ${request.method} ${pathname}`);
}

/** Compares digests, whose length and first difference tell nothing of the token. */
function isBearer(header: string | undefined, token: string): boolean {
  const digest = (text: string) => Buffer.from(sha256(text), 'hex');
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`));
}

async function readBody(request: IncomingMessage, onPart: () => void): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  onPart();
  for await (const chunk of request as AsyncIterable<Buffer>) {
    onPart();
    length += chunk.length;
    if (length > largestBody) throw new Refuse('invalid', `more than ${largestBody} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parse<T extends z.ZodType>(schema: T, body: Buffer): z.output<T> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new Refuse('invalid', 'the body is not JSON');
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Refuse('invalid', `${issue!.path.join('.') || 'the body'}: ${issue!.message}`);
}

function reply(response: ServerResponse, status: number, value: object | Refused): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
