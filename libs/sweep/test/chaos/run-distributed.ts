import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { programArguments } from '@thaw/base/testing';
import { openStore } from '@thaw/tracking';

/** A machine, real or pretended, on which a worker runs. */
export interface WorkerHost {
  readonly name: string;
  /** Put before a command, so that it runs there. */
  readonly prefix: readonly string[];
  /** Cuts its network, or joins it again; null where that is not possible. */
  readonly cut: ((isCut: boolean) => Promise<void>) | null;
}

export interface DistributedOptions {
  readonly folder: string;
  readonly trials: number;
  readonly hosts: readonly WorkerHost[];
  /** Address of this machine as the hosts see it. */
  readonly address: string;
  readonly redisPort: number;
  readonly trackerPort: number;
  readonly leaseMs: number;
  /** How long the network of the second host is cut. */
  readonly cutMs: number;
  readonly log: (line: string) => void;
  /** Ends all that was started, where the test that waits for it is given up. */
  readonly signal?: AbortSignal;
}

export interface DistributedResult {
  readonly trials: number;
  readonly finished: number;
  /** Trials with exactly one finished run. */
  readonly finishedOnce: number;
  readonly runs: number;
  readonly damaged: number;
  readonly events: readonly string[];
}

const secret = 'a-secret-of-the-distributed-test';

/**
 * A sweep of trivial trials over a real Redis. On the way the first worker is killed, Redis is killed and comes back with nothing
 * in it, the network of the second worker is cut, and the sweep itself is killed and resumed.
 */
export async function runDistributed(options: DistributedOptions): Promise<DistributedResult> {
  const { folder, trials, hosts, address, redisPort, trackerPort, leaseMs, cutMs, log, signal } = options;
  const runsDir = join(folder, 'runs');
  const queue = `redis://:${secret}@${address}:${redisPort}`;
  const env = { ...process.env, THAW_TOKEN: secret, CHAOS_FAULTS: '0', CHAOS_STEP_MS: '400' };
  const children: ChildProcess[] = [];
  const events: string[] = [];
  const start = (
    command: string,
    args: readonly string[],
    onOutput: (text: string) => void = () => undefined,
  ) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.setEncoding('utf8').on('data', onOutput);
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log(text.trimEnd());
    });
    children.push(child);
    return child;
  };
  const program = (name: string) => programArguments(join(import.meta.dirname, name));
  const startRedis = () =>
    start('redis-server', [
      ...['--port', String(redisPort), '--bind', address, '--requirepass', secret],
      ...['--save', '', '--appendonly', 'no', '--dir', folder],
    ]);
  const note = (event: string) => {
    events.push(event);
    log(`--- ${event}`);
  };

  let said = '';
  let sweep: string | null = null;
  const ended = () => (said.match(/^\d+ finished$/gm) ?? []).length;
  const startSweep = () => {
    const args = [runsDir, String(trials), queue, address, String(trackerPort), String(leaseMs)];
    return start(
      process.execPath,
      [...program('queue-coordinator.ts'), ...args, ...(sweep === null ? [] : [sweep])],
      (text) => {
        said += text;
        sweep ??= said.split('\n')[0]!;
      },
    );
  };
  const after = async (share: number) => {
    while (ended() < share * trials) await sleep(50, undefined, { signal });
  };
  try {
    let redis = startRedis();
    let coordinator = startSweep();
    const workers = hosts.map(({ name, prefix }) => {
      const [command, ...args] = [
        ...prefix,
        process.execPath,
        ...program('queue-worker.ts'),
        ...[queue, join(folder, name), String(leaseMs)],
      ];
      return start(command!, args);
    });
    await after(0.1);
    note('a worker is killed');
    workers[0]!.kill('SIGKILL');
    await after(0.25);
    note('Redis is killed');
    redis.kill('SIGKILL');
    await once(redis, 'exit');
    await sleep(2000);
    note('Redis is back, with nothing in it');
    redis = startRedis();
    await after(0.4);
    const { cut } = hosts[1]!;
    if (cut) {
      note(`the network of a worker is cut for ${cutMs / 1000} s`);
      await cut(true);
      await sleep(cutMs);
      await cut(false);
      note('the network is back');
    }
    await after(0.6);
    note('the sweep is killed');
    coordinator.kill('SIGKILL');
    await once(coordinator, 'exit');
    await sleep(1000);
    note('the sweep is resumed');
    coordinator = startSweep();
    const [code] = (await once(coordinator, 'exit', { signal })) as [number | null];
    note(`the sweep has ended with exit code ${code}`);
  } finally {
    for (const child of children) child.kill('SIGKILL');
  }
  const store = openStore(runsDir);
  const { runs, damaged } = await store.runs();
  const record = await store.sweep(sweep!);
  const counts = record.trials.map(
    ({ number }) => runs.filter((run) => run.number === number && run.state === 'finished').length,
  );
  return {
    trials: record.trials.length,
    finished: record.trials.filter(({ state }) => state === 'finished').length,
    finishedOnce: counts.filter((count) => count === 1).length,
    runs: runs.length,
    damaged: damaged.length,
    events,
  };
}
