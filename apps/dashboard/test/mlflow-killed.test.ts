import { mkdtemp, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@thaw/tracking';
import { MlflowApi } from '@thaw/tracking/mlflow';
import { expect, onTestFinished, test } from 'vitest';
import { post, startServer } from './mlflow-client.ts';

const writers = 8;

interface Point {
  readonly value: number;
  readonly step: number;
}

test('what eight writers logged is there when the server was killed, and the run goes on with the next server', async () => {
  const runsDir = await mkdtemp(join(tmpdir(), 'thaw-mlflow-killed-'));
  onTestFinished(() => rm(runsDir, { recursive: true, force: true }));
  const { child, port } = await startServer(runsDir);
  onTestFinished(() => void child.kill('SIGKILL'));
  const agent = new Agent({ keepAlive: true, maxSockets: writers });
  const run = (await post(port, agent, 'runs/create', { run_name: 'killed' })) as {
    run: { info: { run_id: string } };
  };
  const { run_id } = run.run.info;
  const acknowledged: number[][] = [];
  const writing = Array.from({ length: writers }, async (_, writer) => {
    const steps: number[] = [];
    acknowledged.push(steps);
    for (let step = 0; ; step++) {
      const point = { run_id, key: `writer/${writer}`, value: step, timestamp: 1, step };
      if ((await post(port, agent, 'runs/log-metric', point).catch(() => null)) === null) return;
      steps.push(step);
    }
  });
  await expect.poll(() => count(acknowledged)).toBeGreaterThan(1500);
  child.kill('SIGKILL');
  await Promise.all(writing);
  agent.destroy();

  expect((await openStore(runsDir).run(run_id)).state).toBe('interrupted');
  const next = new MlflowApi(runsDir);
  for (const [writer, steps] of acknowledged.entries()) {
    const { metrics } = (await next.answer('GET', 'metrics/get-history', {
      run_id,
      metric_key: `writer/${writer}`,
    })) as { metrics: Point[] };
    // The last may have been kept without its writer hearing of it.
    expect(metrics.slice(0, steps.length).map(({ step }) => step)).toEqual(steps);
    expect(metrics.length - steps.length).toBeLessThanOrEqual(1);
  }
  await next.answer('POST', 'runs/log-metric', { run_id, key: 'loss', value: 1, timestamp: 2 });
  await next.answer('POST', 'runs/update', { run_id, status: 'FINISHED' });
  expect(await openStore(runsDir).run(run_id)).toMatchObject({
    state: 'finished',
    summary: { train_loss: 1 },
  });
  await next.close();
});

function count(steps: readonly (readonly number[])[]): number {
  return steps.reduce((sum, { length }) => sum + length, 0);
}
