import { exec } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine, programArguments } from '@thaw/base/testing';
import { globSync } from 'tinyglobby';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commandsOf, pages, readPage } from './support/markdown.ts';
import { makeWorkspace } from './support/nx.ts';
import { startProgram } from './support/program.ts';

/** Run as they are written, in this order, in a folder of images named DIR and with a sweep that is done. */
const run = [
  'npx nx run leakage --data DIR',
  'npx nx run gap --sweep latest',
  'npx nx run advise --data DIR',
  'npx nx run promote --sweep latest --name cells --alias champion',
  'npx nx run predict --model cells@champion "runs/cache/synthetic-smear/*/TEST/LYMPHOCYTE/_0[0-2]*.jpeg"',
  'npx nx run models',
  'npx nx run models alias cells:1 champion',
  'npx nx run models export cells@champion --format keras --output runs/cells.keras',
  'npx nx run models export cells --format onnx --precision float16 --output runs/cells.onnx',
  'npx nx run models export cells --format huggingface --output runs/cells-hub',
  'npx nx run runs list',
  'npx nx run runs list --limit 3 --format json',
  `npx nx run runs list --where 'val_accuracy > 0.9 and model.scenario = "partial_unfreeze"' --sort=-test_accuracy`,
  'npx nx run runs tag latest --add paper',
  `npx nx run runs list --where 'tags contains "paper"'`,
  'npx nx run runs note latest "stain B, new camera"',
  'npx nx run runs show latest',
  'npx nx run runs report latest --output runs/run.html',
  'npx nx run sweeps report latest --output runs/sweep.html',
  'npx nx run runs export --format csv',
  'npx nx run runs export --format json',
  'npx nx run sweeps list',
  'npx nx run sweeps show latest',
  'npx nx run cache show',
  'npx nx run cache clear --older-than 30d',
];

/** Nx takes longer than most of them do: the others are started as it starts them. test/as-typed holds what it hands over. */
const throughNx = ['npx nx run gap --sweep latest', run.find((command) => command.includes(' predict '))];

/** Why the others are not. */
const notRun: [RegExp, string][] = [
  [/^npm ci/, 'installs from the network; .ci/run does it in a new clone'],
  [
    /^pip install|make_\w+\.py|^npx prettier --write/,
    'remakes golden files, with what Python installs from the network',
  ],
  [/^npx nx (run (test|lint)$|affected )/, 'is what runs this test, or as long; .ci/run runs both'],
  [
    /^npx nx run sweep --config experiments\/\w+\.yaml( --set split\S+)*$/,
    'takes minutes; two trials of the first are run here first',
  ],
  [
    /^npx nx run sweep --(resume|open-test) latest$/,
    'goes on where another ended; test/sweep and test/sealed-test-set',
  ],
  [
    /^npx nx run sweep --config experiments\/program\//,
    'needs Keras or PyTorch; test/program-sweep runs a program of Node',
  ],
  [/^npx nx run pack |^npm install |^npx thaw /, 'is for another folder; test/package does it all'],
  [/^npx nx run models rollback /, 'needs a second version; apps/cli/test promotes two'],
  [/^npx nx run bench |^npx tsx bench\//, 'measures for an hour, and what it measured; test/bench-results'],
  [/\b(FILE|FILE\.yaml|RUN)\b/, "is about a file or a run of the user's; the command's own tests run it"],
  [/^npx nx run dashboard$/, 'serves until it is stopped; apps/dashboard/test/e2e starts it'],
  [/^curl /, 'asks a dashboard; apps/dashboard/test asks the same'],
  [
    /^npx nx run fetch |dataset\.path=runs\/data|blood-cells-best\.yaml/,
    'downloads from Kaggle and Keras, or reads what was downloaded',
  ],
  [
    /THAW_TOKEN|^redis-server|--queue|^sbatch/,
    'is for several machines; libs/sweep/test starts Redis, a sweep and workers',
  ],
];

const commands = new Set(pages.flatMap((page) => commandsOf(readPage(page))));
let workspace: string;

beforeAll(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'thaw-readme-'));
  makeWorkspace(workspace);
  const runsDir = join(workspace, 'runs');
  const options = ['--max-trials', '2', '--set', 'training.epochs=1', '--leakage-check', 'off'];
  const sweep = startProgram(
    'sweep',
    '--config',
    'experiments/unfreeze.yaml',
    '--runs-dir',
    runsDir,
    ...options,
  );
  expect(await sweep.ended, sweep.output.stderr).toBe(0);
  for (const file of globSync('runs/cache/synthetic-smear/*/T*/*/_0[0-1]*', { cwd: workspace })) {
    const [part, label, name] = file.split('/').slice(-3) as [string, string, string];
    cpSync(join(workspace, file), join(workspace, 'DIR', part, label, name));
  }
});
afterAll(() => {
  rmSync(workspace, { recursive: true, force: true });
});

it('every command that a page shows is run by this test or is left out for a reason', () => {
  const without = [...commands].filter(
    (command) => !run.includes(command) && !notRun.some(([pattern]) => pattern.test(command)),
  );
  expect(without).toEqual([]);
  expect(run.filter((command) => !commands.has(command))).toEqual([]);
  expect(notRun.filter(([pattern]) => ![...commands].some((command) => pattern.test(command)))).toEqual([]);
});

it.each(run)('%s', async (command) => {
  const program = [process.execPath, ...programArguments(commandLine())].join(' ');
  const started = throughNx.includes(command) ? command : command.replace('npx nx run', program);
  const before = readdirSync(workspace);
  const { code, said } = await new Promise<{ code: number; said: string }>((done) => {
    exec(started, { cwd: workspace, shell: '/bin/bash' }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : (error.code ?? 1), said: stdout + stderr });
    });
  });
  expect(code, said).toBe(0);
  expect(readdirSync(workspace).filter((name) => !before.includes(name) && name !== '.nx')).toEqual([]);
});
