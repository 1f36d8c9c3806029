import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programArguments } from '@thaw/base/testing';
import { freePort, hasRedis, startRedis, untilOpen, untilTested } from '@thaw/sweep/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = join(import.meta.dirname, '../src/main.ts');

function startProgram(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [...programArguments(main), ...args], {
    env: { ...process.env, THAW_TOKEN: 'a-secret-of-this-test' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

describe.skipIf(!hasRedis('apps/cli/test/queue.test.ts'))('commands of a queue (needs redis-server)', () => {
  let folder: string;
  let port: number;
  let redis: ChildProcess;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'thaw-queue-'));
    port = await freePort();
    redis = startRedis(port, folder, '--requirepass', 'another');
    await untilOpen(port);
  });
  afterAll(() => {
    redis.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('a worker leaves when no trial has come for too long', async () => {
    const queue = `redis://:another@127.0.0.1:${port}`;
    const args = ['worker', '--queue', queue, '--max-idle', '1s', '--runs-dir', join(folder, 'idle')];
    const idle = untilTested(startProgram(args));
    idle.stderr!.resume();
    expect(await once(idle, 'exit')).toEqual([0, null]);
  });

  it.each(['sweep', 'worker'])(
    'a Redis that does not let in who asks ends a %s, which says so, before it has written anything',
    async (command) => {
      const runsDir = join(folder, `refused ${command}`);
      const config = join(import.meta.dirname, '../../../experiments/unfreeze.yaml');
      const queue = `redis://:wrong@127.0.0.1:${port}`;
      const args = [command, '--queue', queue, '--runs-dir', runsDir];
      const refused = untilTested(startProgram(command === 'sweep' ? [...args, '--config', config] : args));
      const ended = once(refused, 'exit');
      let text = '';
      for await (const chunk of refused.stderr!) text += String(chunk);
      expect(await ended).toEqual([1, null]);
      expect(text.trimEnd().split('\n')).toEqual([
        expect.stringMatching(/^--queue: found no password that this Redis takes; allowed: redis:/),
      ]);
      expect(existsSync(runsDir)).toBe(false);
    },
  );
});
