import { mkdtemp, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { post, startServer } from '../test/mlflow-client.ts';
import { processorSeconds } from './figures.ts';

/** How many metrics a second a server takes from several writers, each of which waits for its answer, and what one costs its processor: one a request, and 100. */
const { values } = parseArgs({
  options: { writers: { type: 'string', default: '8' }, seconds: { type: 'string', default: '5' } },
});
const writers = Number(values.writers);
const runsDir = await mkdtemp(join(tmpdir(), 'thaw-mlflow-bench-'));
const { child, port } = await startServer(runsDir);
const agent = new Agent({ keepAlive: true, maxSockets: writers });
try {
  for (const batch of [1, 100]) console.log(`${batch} a request: ${await measured(batch)}`);
} finally {
  agent.destroy();
  child.kill('SIGTERM');
  await rm(runsDir, { recursive: true, force: true });
}

async function measured(batch: number): Promise<string> {
  const created = await post(port, agent, 'runs/create', {});
  const { run_id } = (created as { run: { info: { run_id: string } } }).run.info;
  const [began, before] = [performance.now(), processorSeconds(child.pid!)];
  const until = began + 1000 * Number(values.seconds);
  let written = 0;
  const writing = Array.from({ length: writers }, async (_, writer) => {
    for (let step = 0; performance.now() < until; step += batch) {
      const metrics = Array.from({ length: batch }, (_, i) => {
        return { key: `loss/${writer}`, value: Math.random(), timestamp: Date.now(), step: step + i };
      });
      if (batch === 1) await post(port, agent, 'runs/log-metric', { run_id, ...metrics[0]! });
      else await post(port, agent, 'runs/log-batch', { run_id, metrics });
      written += batch;
    }
  });
  await Promise.all(writing);
  const perSecond = written / ((performance.now() - began) / 1000);
  const microseconds = ((processorSeconds(child.pid!) - before) / written) * 1e6;
  return `${Math.round(perSecond)} metrics a second, ${microseconds.toFixed(0)} µs of the server's processor each`;
}
