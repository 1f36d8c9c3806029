import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@thaw/tracking';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { runsDirVariable } from '../store/runs-dir.ts';
import { hostileRequests } from './hostile/hostile-requests.ts';
import { startInProcess } from './hostile/in-process-server.ts';
import { sendRaw } from './hostile/send-raw.ts';
import { makeModel } from './made-model.ts';
import { newRun, summaryOf } from './made-run.ts';

let runsDir: string;
let server: Awaited<ReturnType<typeof startInProcess>>;

beforeAll(async () => {
  runsDir = mkdtempSync(join(tmpdir(), 'thaw-hostile-'));
  vi.stubEnv(runsDirVariable, runsDir);
  await makeModel(runsDir);
  server = await startInProcess(runsDir);
});
afterAll(async () => {
  await server.close();
  vi.unstubAllEnvs();
  rmSync(runsDir, { recursive: true });
});

it('no request that nobody should send breaks the server, or changes what it did not name', async () => {
  const store = openStore(runsDir);
  const run = await store.createRun(newRun());
  await run.finish(summaryOf(0.9, 0.8), ['A', 'B']);
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const requests = hostileRequests({ run: run.id, model: 'cells' });
  expect(requests.length).toBeGreaterThan(200);
  const broken: string[] = [];
  for (const each of requests) {
    const status = await sendRaw(server.url, each);
    if (status >= 500) broken.push(`${status} ${each.method} ${each.path} ${String(each.body).slice(0, 80)}`);
  }
  expect(broken).toEqual([]);
  expect(logged.mock.calls).toEqual([]);
  expect(await store.run(run.id)).toMatchObject({ state: 'finished', summary: { val_accuracy: 0.9 } });
});
