import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@thaw/tracking';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startProgram } from './support/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'thaw-program-sweep-'));
const runsDir = join(folder, 'runs');
const document = join(folder, 'sweep.json');
const pidFile = join(folder, 'pid');
const store = openStore(runsDir);
const start = (...args: string[]) => startProgram(...args, '--runs-dir', runsDir);
const thaw = async (...args: string[]) => {
  const { ended, output } = start(...args);
  return { code: await ended, ...output };
};

/** Three steps; with `--wait` only the first until there is a file `go`. */
const program = `import { existsSync, writeFileSync } from 'node:fs';
const [lr] = process.argv.slice(2).map((word) => Number(word.slice('--lr='.length)));
const report = (step) => console.log('thaw step=' + step + ' score=' + step * (1 - lr));
report(1);
const rest = () => [2, 3].forEach(report);
if (lr === 0.5) rest();
else {
  writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));
  const timer = setInterval(() => {
    if (!existsSync(${JSON.stringify(join(folder, 'go'))})) return;
    clearInterval(timer);
    rest();
  }, 20);
}
`;

beforeAll(() => {
  writeFileSync(join(folder, 'train.mjs'), program);
  writeFileSync(
    join(folder, 'e.yaml'),
    `program: ${join(folder, 'train.mjs')}
metric: {name: score, goal: maximize}
parameters: {lr: {values: [0.5, 0.1]}}
`,
  );
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const isThere = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

it('a sweep over a program of the user takes reports from elsewhere, ends its programs when it is killed, and goes on', async () => {
  const sweep = start('sweep', '--config', join(folder, 'e.yaml'));
  await expect.poll(() => existsSync(pidFile)).toBe(true);
  const log = await thaw('log', 'latest', 'score=7', 'other=1', '--step', '2');
  expect(log.code, log.stderr).toBe(0);
  const { id } = await store.run('latest');
  expect(await store.metrics(id)).toMatchObject([{ epoch: 1 }, { epoch: 2, score: 7, other: 1 }]);

  sweep.process.kill('SIGKILL');
  const pid = Number(readFileSync(pidFile, 'utf8'));
  await expect.poll(() => isThere(pid)).toBe(false);
  writeFileSync(join(folder, 'go'), '');
  const resumed = await thaw('sweep', '--resume', 'latest', '--output', document);
  expect(resumed.code, resumed.stderr).toBe(0);
  expect(resumed.stdout).toContain('The best trial, 1, has the highest score.');
  expect(JSON.parse(readFileSync(document, 'utf8'))).toMatchObject({
    state: 'finished',
    engine: 'program',
    best: 1,
    trials: [
      { state: 'finished', parameters: { lr: 0.5 }, summary: { score: 1.5, epochs: 3 } },
      { state: 'finished', parameters: { lr: 0.1 }, summary: { score: 2.7, epochs: 3 } },
    ],
  });
  const late = await thaw('log', id, 'score=1');
  expect(late.code).toBe(1);
  expect(late.stderr).toContain(
    `log: found run ${id}, that has ended (interrupted); allowed: a run of a sweep`,
  );
  const list = await thaw('runs', 'list', '--where', 'score > 2');
  expect(list.stdout, list.stderr).toMatch(/finished +lr=0\.1 /);
  expect(list.stdout).not.toContain('lr=0.5');
});
