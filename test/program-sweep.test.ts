import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startProgram } from './support/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'thaw-program-sweep-'));
const runsDir = join(folder, 'runs');
const thaw = async (...args: string[]) => {
  const { ended, output } = startProgram(...args, '--runs-dir', runsDir);
  return { code: await ended, ...output };
};

beforeAll(() => {
  const program = join(folder, 'train.mjs');
  writeFileSync(
    program,
    `const lr = Number(process.argv.find((word) => word.startsWith('--lr=')).slice(5));
for (let step = 1; step <= 3; step++) console.log('thaw step=' + step + ' score=' + step * (1 - lr));
`,
  );
  writeFileSync(
    join(folder, 'e.yaml'),
    `program: ${program}
metric: {name: score, goal: maximize}
parameters: {lr: {values: [0.5, 0.1]}}
`,
  );
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('a sweep over a program of the user stands among the others, best trial and all', async () => {
  const output = join(folder, 'sweep.json');
  const { code, stdout, stderr } = await thaw(
    'sweep',
    '--config',
    join(folder, 'e.yaml'),
    '--output',
    output,
  );
  expect(code, stderr).toBe(0);
  expect(stdout).toContain('The best trial, 1, has the highest score.');
  const document = JSON.parse(readFileSync(output, 'utf8')) as { trials: { parameters: object }[] };
  expect(document).toMatchObject({
    state: 'finished',
    engine: 'program',
    best: 1,
    trials: [
      { state: 'finished', parameters: { lr: 0.5 }, summary: { score: 1.5, epochs: 3 } },
      { state: 'finished', parameters: { lr: 0.1 }, summary: { score: expect.closeTo(2.7) as number } },
    ],
  });
  const list = await thaw('runs', 'list', '--where', 'score > 2');
  expect(list.stdout, list.stderr).toMatch(/finished +lr=0\.1 /);
  expect(list.stdout).not.toContain('lr=0.5');
});
