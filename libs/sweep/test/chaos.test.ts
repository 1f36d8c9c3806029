import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runChaos } from './chaos/run-chaos.ts';

let runsDir: string;
beforeAll(() => {
  runsDir = mkdtempSync(join(tmpdir(), 'thaw-chaos-'));
});
afterAll(() => {
  rmSync(runsDir, { recursive: true, force: true });
});

it('every trial finishes once though processes are killed, stopped and blocked, and the sweep is killed and resumed', async ({
  signal,
}) => {
  const trials = 24;
  const { sweep, finished, faults, damaged } = await runChaos({
    runsDir,
    trials,
    workers: 4,
    kills: 2,
    seed: 1,
    signal,
  });
  expect(damaged).toBe(0);
  expect(sweep.trials.map(({ state }) => state)).toEqual(Array.from({ length: trials }, () => 'finished'));
  expect([...finished.entries()].sort(([a], [b]) => a - b)).toEqual(
    Array.from({ length: trials }, (_, i) => [i, 1]),
  );
  expect(faults, 'the test must have hurt').toBeGreaterThan(3);
});
