import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programArguments } from '@thaw/base/testing';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openStore } from '@thaw/tracking';
import { executorContract, fakeJob } from './support/executor-contract.ts';
import { checkRedis } from '../src/distributed/check-redis.ts';
import { QueueExecutor } from '../src/distributed/queue-executor.ts';
import type { TrialOutcome } from '../src/executors/executor.ts';
import { runDistributed } from './chaos/run-distributed.ts';
import { freePort, hasRedis, makeCertificates, startRedis, untilOpen, untilTested } from './support/redis.ts';

const redisIsHere = hasRedis('libs/sweep/test/distributed.test.ts');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-distributed-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(!redisIsHere)('a sweep over a queue (needs redis-server)', () => {
  it('finishes every trial once though a worker, Redis and the sweep itself are killed', async ({
    signal,
  }) => {
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
      signal,
    });
    expect({ ...result, runs: null, events: null }, lines.join('\n')).toEqual({
      trials,
      finished: trials,
      finishedOnce: trials,
      damaged: 0,
      runs: null,
      events: null,
    });
  });
});

const token = 'a-secret-of-the-executor-contract';
const leaseMs = 4000;

/** A worker with trials of `support/fake-trial-process.ts`. */
function startWorker(queue: string, name: string): ChildProcess {
  const program = join(import.meta.dirname, 'chaos', 'queue-worker.ts');
  const args = [
    queue,
    join(folder, name),
    String(leaseMs),
    new URL('./support/fake-trial-process.ts', import.meta.url).href,
  ];
  return startProgram(program, args);
}

function startProgram(program: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [...programArguments(program), ...args], {
    env: { ...process.env, THAW_TOKEN: token },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

function startExecutor(queue: string, name: string): Promise<QueueExecutor> {
  return QueueExecutor.start({
    store: openStore(join(folder, name)),
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
  });
}

/** Once it has said so on its standard error. */
async function said(worker: ChildProcess, pattern: RegExp): Promise<void> {
  let text = '';
  for await (const chunk of worker.stderr!.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    if (pattern.test(text)) return;
  }
}

describe.skipIf(!redisIsHere)(
  'a worker that is told to stop while Redis is gone (needs redis-server)',
  () => {
    it.each([
      ['with a trial', [0]],
      ['without one', []],
    ])('ends by itself, %s, and its executor closes', async (name, numbers) => {
      const port = await freePort();
      const queue = `redis://127.0.0.1:${port}`;
      const redis = untilTested(startRedis(port, folder));
      const worker = untilTested(startWorker(queue, name));
      await said(worker, /waits for trials/);
      const executor = await startExecutor(queue, `sweep ${name}`);
      const outcomes: Promise<TrialOutcome>[] = [];
      for (const number of numbers) {
        await new Promise<void>((begun) => {
          outcomes.push(
            executor.run(fakeJob(number, 'wait'), () => {
              begun();
            }),
          );
        });
      }
      const ended = once(worker, 'exit');
      redis.kill('SIGKILL');
      await once(redis, 'exit');
      worker.kill('SIGINT');
      expect(await ended).toEqual([130, null]);
      executor.stop();
      expect(await Promise.all(outcomes)).toEqual(numbers.map(() => ({ state: 'interrupted' })));
      await executor.close();
    });
  },
);

describe.skipIf(!redisIsHere)(
  'a worker that is told to stop while its trial waits for a verdict (needs redis-server)',
  () => {
    it.each([
      ['of a tracker that is gone', true],
      ['that does not come', false],
    ])('%s ends by itself and gives the trial back', async (name, isGone) => {
      const queue = `redis://127.0.0.1:${await freePort()}`;
      untilTested(startRedis(Number(new URL(queue).port), folder));
      const worker = untilTested(startWorker(queue, `verdict ${name}`));
      const executor = await startExecutor(queue, `sweep verdict ${name}`);
      let outcome: Promise<TrialOutcome>;
      await new Promise<void>((asked) => {
        outcome = executor.run(
          fakeJob(0, 'ask'),
          () => undefined,
          () => {
            asked();
            return new Promise(() => undefined);
          },
        );
      });
      if (isGone) {
        executor.kill();
        await executor.close();
        await said(worker, /does not answer/);
      }
      const ended = once(worker, 'exit');
      worker.kill('SIGINT');
      expect(await ended).toEqual([130, null]);
      executor.stop();
      expect(await outcome!).toEqual({ state: 'interrupted' });
      if (!isGone) await executor.close();
    });
  },
);

describe.skipIf(!redisIsHere)('trials by way of a queue (needs redis-server)', () => {
  let queue: string;
  let redis: ChildProcess;
  let worker: ChildProcess;
  beforeAll(async () => {
    const port = await freePort();
    queue = `redis://127.0.0.1:${port}`;
    redis = startRedis(port, folder);
    worker = startWorker(queue, 'contract-worker');
    worker.stderr!.resume();
  });
  afterAll(async () => {
    const ended = once(worker, 'exit');
    worker.kill('SIGINT');
    // Twice, as one of its trials does not listen.
    await sleep(1500);
    worker.kill('SIGINT');
    await Promise.race([ended, sleep(10_000, undefined, { ref: false })]);
    worker.kill('SIGKILL');
    redis.kill('SIGKILL');
  });

  executorContract('a queue', () => startExecutor(queue, 'contract'), fakeJob);

  it('refuses whoever does not bear the token', async () => {
    const executor = await startExecutor(queue, 'closed');
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

describe.skipIf(!redisIsHere)('a Redis as people run it (needs redis-server)', () => {
  const start = async (...options: string[]) => {
    const port = await freePort();
    untilTested(startRedis(port, folder, ...options));
    await untilOpen(port);
    return port;
  };

  it.each([
    ['noeviction', null],
    ['allkeys-lru', /^this Redis drops keys when its memory is full \(maxmemory-policy allkeys-lru\)/],
  ])('says once what the policy %s means for a queue', async (policy, remark) => {
    const port = await start('--maxmemory-policy', policy);
    const said = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const found = await checkRedis(`redis://127.0.0.1:${port}`);
    if (remark === null) expect(found).toBeNull();
    else expect(found).toMatch(remark);
    expect(said).not.toHaveBeenCalled();
    said.mockRestore();
  });

  it('is reached by TLS with the certificates of its own authority, and refused in a sentence without', async () => {
    const made = makeCertificates(folder);
    if (made === null) return;
    const port = await freePort();
    const { authority, certificate, key } = made;
    const files = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-ca-cert-file', authority];
    const tls = ['--port', '0', '--tls-port', String(port), '--tls-auth-clients', 'no'];
    untilTested(startRedis(port, folder, ...tls, ...files));
    await untilOpen(port);
    const queue = `rediss://127.0.0.1:${port}`;
    vi.stubEnv('THAW_QUEUE_CA', authority);
    expect(await checkRedis(queue)).toBeNull();
    vi.stubEnv('THAW_QUEUE_CA', '');
    await expect(checkRedis(queue)).rejects.toThrow(
      /^queue: found a Redis whose certificate is not trusted here \(.*the file that THAW_QUEUE_CA names/,
    );
    vi.stubEnv('THAW_QUEUE_CA', join(folder, 'none.pem'));
    await expect(checkRedis(queue)).rejects.toThrow(
      /^THAW_QUEUE_CA: found .*none.pem, which cannot be read \(ENOENT\)/,
    );
    vi.unstubAllEnvs();
  });
});

describe.skipIf(!redisIsHere)('a Redis that does not let in who asks (needs redis-server)', () => {
  let port: number;
  let redis: ChildProcess;
  beforeAll(async () => {
    port = await freePort();
    const users = [
      ['key', 'on', '>secret', '+@all', '~other:*'],
      ['command', 'on', '>secret', '+@all', '-eval', '-evalsha', '~*'],
      ['right', 'on', '>secret', '+@all', '~bull:thaw-trials:*'],
      ['off', 'off', '>secret', '+@all', '~*'],
    ];
    redis = startRedis(
      port,
      folder,
      '--requirepass',
      'another',
      ...users.flatMap((user) => ['--user', ...user]),
    );
    await untilOpen(port);
  });
  afterAll(() => {
    redis.kill('SIGKILL');
  });

  const noPassword = /^queue: found no password that this Redis takes; allowed: redis:/;
  const notAllowed = /^queue: found a user who may not use this Redis as a queue \(NOPERM .*~bull:/;
  it.each([
    ['asks for a password', '', noPassword],
    ['takes another password', ':wrong@', noPassword],
    ['has shut the user out', 'off:secret@', noPassword],
    ['keeps the keys from the user', 'key:secret@', notAllowed],
    ['keeps the commands from the user', 'command:secret@', notAllowed],
  ])('is refused by a sweep where it %s', async (_, who, message) => {
    await expect(checkRedis(`redis://${who}127.0.0.1:${port}`)).rejects.toThrow(message);
  });

  it('is no Redis that lets in, and none that does not answer', async () => {
    await checkRedis(`redis://:another@127.0.0.1:${port}`);
    await checkRedis(`redis://right:secret@127.0.0.1:${port}`);
    await checkRedis(`redis://127.0.0.1:${await freePort()}`);
  });

  it('ends a worker that it lets in no more', async () => {
    const worker = untilTested(startWorker(`redis://right:secret@127.0.0.1:${port}`, 'shut out'));
    const ended = once(worker, 'exit');
    await said(worker, /waits for trials/);
    const admin = new Redis(`redis://:another@127.0.0.1:${port}`);
    await admin.call('ACL', 'SETUSER', 'right', 'off');
    await admin.call('CLIENT', 'KILL', 'USER', 'right');
    admin.disconnect();
    await said(worker, /found no password that this Redis takes/);
    expect(await ended).toEqual([1, null]);
  });
});
