import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '@thaw/tracking';
import { executorContract } from './executor-contract.ts';
import { QueueExecutor } from '../src/distributed/queue-executor.ts';
import { runDistributed } from './chaos/run-distributed.ts';

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis) {
  process.stderr.write(
    'test/distributed.test.ts did not run: there is no redis-server here (Debian: apt-get install redis-server)\n',
  );
}
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-distributed-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe.skipIf(!hasRedis)('a sweep over a queue (needs redis-server)', () => {
  it('finishes every trial once though a worker, Redis and the sweep itself are killed', async () => {
    const trials = 16;
    const lines: string[] = [];
    const result = await runDistributed({
      folder,
      trials,
      hosts: ['one', 'two', 'three'].map((name) => ({ name, prefix: [], cut: null })),
      address: '127.0.0.1',
      redisPort: await freePort(),
      trackerPort: await freePort(),
      leaseMs: 8000,
      cutMs: 0,
      log: (line) => lines.push(line),
    });
    expect({ ...result, runs: null, events: null }, lines.join('\n')).toEqual({
      trials,
      finished: trials,
      finishedOnce: trials,
      damaged: 0,
      runs: null,
      events: null,
    });
  }, 300_000);
});

describe.skipIf(!hasRedis)('trials by way of a queue (needs redis-server)', () => {
  const token = 'a-secret-of-the-executor-contract';
  const leaseMs = 4000;
  let queue: string;
  let redis: ChildProcess;
  let worker: ChildProcess;
  beforeAll(async () => {
    const port = await freePort();
    queue = `redis://127.0.0.1:${port}`;
    redis = spawn('redis-server', [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--dir',
      folder,
    ]);
    const program = join(import.meta.dirname, 'chaos', 'queue-worker.ts');
    const trials = '../support/fake-trial-process.ts';
    worker = spawn(
      process.execPath,
      ['--import', 'tsx', program, queue, join(folder, 'contract-worker'), String(leaseMs), trials],
      { env: { ...process.env, THAW_TOKEN: token }, stdio: 'ignore' },
    );
  });
  afterAll(async () => {
    // Twice, so that it ends its trials' processes, too.
    worker.kill('SIGINT');
    await sleep(1500);
    worker.kill('SIGINT');
    await sleep(500);
    worker.kill('SIGKILL');
    redis.kill('SIGKILL');
  });

  executorContract('a queue', () =>
    QueueExecutor.start({
      store: openStore(join(folder, 'contract')),
      sweep: 'sweep',
      settled: [],
      note: () => undefined,
      queue,
      token,
      host: '127.0.0.1',
      port: 0,
      workers: 2,
      leaseMs,
      fingerprint: () => Promise.resolve('any'),
    }),
  );

  it('refuses whoever does not bear the token', async () => {
    const executor = await QueueExecutor.start({
      store: openStore(join(folder, 'closed')),
      sweep: 'sweep',
      settled: [],
      note: () => undefined,
      queue,
      token,
      host: '127.0.0.1',
      port: 0,
      workers: 1,
      leaseMs,
      fingerprint: () => Promise.resolve('any'),
    });
    const url = `${executor.tracker}/v1/trials/sweep/0/attempts/x`;
    for (const authorization of [undefined, 'Bearer ', `Bearer ${token}x`, token]) {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
      const { status } = await fetch(url, { method: 'PUT', body: '{}', headers });
      expect(status, String(authorization)).toBe(401);
    }
    const known = await fetch(url, {
      method: 'PUT',
      body: '{}',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(known.status).toBe(400);
    await executor.close();
  });
});
