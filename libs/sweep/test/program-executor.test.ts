import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { createProgramExecutor } from '../src/executors/create-executor.ts';
import { executorContract } from './support/executor-contract.ts';
import { programJob } from './support/program-job.ts';

const runsDir = mkdtempSync(join(tmpdir(), 'thaw-programs-'));
afterAll(() => {
  rmSync(runsDir, { recursive: true, force: true });
});

executorContract(
  'programs',
  () => Promise.resolve(createProgramExecutor({ workers: 2, log: () => undefined })),
  (number, act) => programJob(number, act, runsDir),
);
