/**
 * `node --import tsx libs/sweep/bench/distributed.ts [--trials 100] [--cut 20]`: a sweep over a real Redis (`redis-server`) with four workers
 * in network namespaces of their own (Linux, root, iproute2), of which one is killed and one has its network cut, while Redis and
 * the sweep are killed and come back. Says whether each trial finished once; exit code 1 where one did not.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runDistributed, type WorkerHost } from '../test/chaos/run-distributed.ts';

const { values } = parseArgs({
  options: { trials: { type: 'string', default: '100' }, cut: { type: 'string', default: '20' } },
});
const trials = Number(values.trials);
const bridge = 'thaw-br';
const address = '10.77.0.1';
const hosts = [1, 2, 3, 4].map((number): WorkerHost => {
  const name = `thaw-w${number}`;
  return {
    name,
    prefix: ['ip', 'netns', 'exec', name],
    cut: (isCut) => Promise.resolve(ip('link', 'set', `${name}-o`, isCut ? 'down' : 'up')),
  };
});

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

function tearDown(): void {
  for (const words of [...hosts.map(({ name }) => ['netns', 'del', name]), ['link', 'del', bridge]]) {
    try {
      ip(...words);
    } catch {
      // It was not there.
    }
  }
}

function setUp(): void {
  ip('link', 'add', bridge, 'type', 'bridge');
  ip('addr', 'add', `${address}/24`, 'dev', bridge);
  ip('link', 'set', bridge, 'up');
  for (const [i, { name }] of hosts.entries()) {
    const [outside, inside] = [`${name}-o`, `${name}-i`];
    ip('netns', 'add', name);
    ip('link', 'add', outside, 'type', 'veth', 'peer', 'name', inside);
    ip('link', 'set', inside, 'netns', name);
    ip('link', 'set', outside, 'master', bridge, 'up');
    ip('-n', name, 'addr', 'add', `10.77.0.${11 + i}/24`, 'dev', inside);
    ip('-n', name, 'link', 'set', inside, 'up');
    ip('-n', name, 'link', 'set', 'lo', 'up');
  }
}

const folder = mkdtempSync(join(tmpdir(), 'thaw-distributed-'));
const begun = performance.now();
try {
  tearDown();
  setUp();
  const result = await runDistributed({
    folder,
    trials,
    hosts,
    address,
    redisPort: 6399,
    trackerPort: 7099,
    leaseMs: 15_000,
    cutMs: 1000 * Number(values.cut),
    log: (line) => process.stderr.write(`${line}\n`),
  });
  const seconds = Math.round((performance.now() - begun) / 1000);
  process.stdout.write(`${JSON.stringify({ ...result, seconds })}\n`);
  if (result.finishedOnce !== trials || result.trials !== trials || result.damaged > 0) process.exitCode = 1;
} finally {
  tearDown();
  rmSync(folder, { recursive: true, force: true });
}
