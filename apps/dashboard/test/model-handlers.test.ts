import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ModelHandlers } from '../server/model-handlers.ts';
import { makeModel } from './made-model.ts';

let runsDir: string;
let server: Server;
let url: string;

beforeAll(async () => {
  runsDir = mkdtempSync(join(tmpdir(), 'thaw-model-handlers-'));
  await makeModel(runsDir);
  const handlers = new ModelHandlers(runsDir);
  server = createServer((request, response) => {
    void handlers.handle(request, response).then((handled) => handled || response.writeHead(404).end());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
});
afterAll(() => {
  server.close();
  rmSync(runsDir, { recursive: true });
});

async function ask(path: string, body?: unknown) {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(`${url}/${path}`, init);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('pictures of training images', () => {
  it('are null where the files are gone, in the order that was asked for', async () => {
    expect(await ask('models/cells/neighbours?index=1&index=0')).toEqual({
      status: 200,
      body: { pictures: [null, null] },
    });
  });

  it.each([
    ['models/cells/neighbours?index=2', 404, 'cells has 2 training images'],
    ['models/cells/neighbours?index=-1', 400, 'index'],
    ['models/cels/neighbours?index=0', 404, 'did you mean cells'],
  ])('are refused for %s', async (path, status, message) => {
    const refused = await ask(path);
    expect([refused.status, refused.body['detail']]).toEqual([status, expect.stringContaining(message)]);
  });
});

describe('a promotion', () => {
  it.each([
    [{}, 400, 'either a run or a sweep'],
    [{ run: 'a', sweep: 'b' }, 400, 'either a run or a sweep'],
    [{ run: 'a', other: 1 }, 400, 'other'],
    [{ run: '--help' }, 422, '--help'],
  ])('is refused for %j with the reason', async (body, status, message) => {
    const refused = await ask('models/cells/versions', body);
    expect([refused.status, refused.body['detail']]).toEqual([status, expect.stringContaining(message)]);
  });

  it('is one at a time, and tells how far it is while it is under way', async () => {
    const answers = [ask('models/cells/versions', { run: 'a' }), ask('models/cells/versions', { run: 'a' })];
    expect((await Promise.race(answers)).status).toBe(409);
    const step = { model: 'cells', phase: 'reading the run', done: null, total: null };
    expect((await ask('promotions')).body).toEqual({ promotions: [step] });
    expect((await Promise.all(answers)).map(({ status }) => status).sort()).toEqual([409, 422]);
    expect((await ask('promotions')).body).toEqual({ promotions: [] });
  });
});
