import { fileURLToPath } from 'node:url';
import type { ProgramJob } from '../../src/executors/executor.ts';

const program = fileURLToPath(new URL('./fake-program.mjs', import.meta.url));

/** A trial of `fake-program.mjs`, which does what its parameter `act` says. */
export function programJob(number: number, act: string, runsDir: string): ProgramJob {
  return {
    sweep: '20260101-000000-fake-abcd',
    number,
    parameters: { act },
    program: { file: program, command: ['${interpreter}', '${program}', '${args}'], paths: { act: ['act'] } },
    metric: 'val_accuracy',
    directory: process.cwd(),
    patienceMs: 60_000,
    graceMs: 10_000,
    runsDir,
    cacheDir: `${runsDir}/cache`,
  };
}
