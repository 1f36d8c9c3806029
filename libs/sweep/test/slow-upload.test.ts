import { mkdtempSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sha256 } from '@thaw/base';
import { openStore } from '@thaw/tracking';
import { afterEach, expect, inject, it } from 'vitest';
import { TrackerClient } from '../src/distributed/tracker-client.ts';
import { portOf, serveTracker } from '../src/distributed/tracker-server.ts';
import { TrialDesk } from '../src/distributed/trial-desk.ts';
import { provenance } from './chaos/trivial-records.ts';
import { job } from './support/fixtures.ts';

let server: Server;
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

it('a worker whose file comes slowly keeps its trial for as long as it comes', async () => {
  const folder = mkdtempSync(join(inject('runFolder'), 'slow-upload-'));
  let [now, asked] = [0, 0];
  const clock = () => {
    asked++;
    return now;
  };
  const options = { store: openStore(folder), sweep: 'sweep', settled: [], note: () => undefined };
  const desk = new TrialDesk({ ...options, leaseMs: 1000, now: clock });
  void desk.offer(job(0), () => undefined);
  const { run } = await desk.claim('sweep', 0, 'a', { worker: 'a', provenance });
  server = await serveTracker({ desk, token: 'token', host: '127.0.0.1', port: 0 });
  const bytes = Buffer.from('a log\n');
  const upload = request(`http://127.0.0.1:${portOf(server)}/v1/attempts/a/files/log.txt`, {
    method: 'PUT',
    headers: { authorization: 'Bearer token', 'x-sha256': sha256(bytes) },
  });
  for (const byte of bytes) {
    now += 900;
    const before = asked;
    upload.write(Buffer.from([byte]));
    await expect.poll(() => asked, { timeout: 20_000 }).toBeGreaterThan(before);
    await desk.expire();
  }
  upload.end();
  const [answer] = (await once(upload, 'response')) as [IncomingMessage];
  answer.resume();
  expect(answer.statusCode).toBe(200);
  expect(readFileSync(join(folder, 'runs', run, 'log.txt'), 'utf8')).toBe('a log\n');
  expect(server.requestTimeout, 'of Node for a whole request').toBe(0);
});

it('an upload is tried again where it stands still, and not where it takes its time', async () => {
  // More than the network's buffers hold, so that its end waits for its reader.
  const bytes = Buffer.alloc(80 * 2 ** 20);
  const received: number[] = [];
  server = createServer((incoming, response) => {
    const attempt = received.push(0) - 1;
    if (attempt === 0) return;
    void (async () => {
      let pause = 0;
      for await (const chunk of incoming as AsyncIterable<Buffer>) {
        received[attempt]! += chunk.length;
        if (received[attempt]! < (pause + 1) * 8 * 2 ** 20) continue;
        pause++;
        await sleep(200);
      }
      response.end('{}');
    })().catch(() => undefined);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new TrackerClient({
    url: `http://127.0.0.1:${portOf(server)}`,
    token: 'token',
    signal: new AbortController().signal,
    note: () => undefined,
    uploadMs: 1500,
  });
  await client.call('PUT', '/file', bytes);
  expect(received).toEqual([0, bytes.length]);
});
