/**
 * `node --import tsx libs/sweep/bench/chaos.ts [--trials 200] [--kills 5] [--seed 1]`: a sweep of trivial trials on four workers, whose
 * processes are killed, stopped and blocked at random, and whose coordinator is killed and resumed. Says whether each trial
 * finished once; exit code 1 where one did not.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runChaos } from '../test/chaos/run-chaos.ts';

const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: '200' },
    kills: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
  },
});
const trials = Number(values.trials);
const runsDir = mkdtempSync(join(tmpdir(), 'thaw-chaos-'));
const begun = performance.now();
try {
  const result = await runChaos({
    runsDir,
    trials,
    workers: 4,
    kills: Number(values.kills),
    seed: Number(values.seed),
  });
  const { sweep, finished, runs, faults, damaged } = result;
  const once = [...finished.values()].filter((count) => count === 1).length;
  process.stdout.write(
    `${JSON.stringify({
      trials,
      finished: sweep.trials.filter(({ state }) => state === 'finished').length,
      finished_once: once,
      runs,
      faults,
      damaged,
      seconds: Math.round((performance.now() - begun) / 1000),
    })}\n`,
  );
  if (once !== trials || finished.size !== trials || damaged > 0) process.exitCode = 1;
} finally {
  rmSync(runsDir, { recursive: true, force: true });
}
