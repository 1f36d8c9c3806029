import { exec } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { globSync } from 'tinyglobby';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeWorkspace } from './support/nx.ts';
import { startProgram } from './support/program.ts';

const root = resolve(import.meta.dirname, '..');

/** Run as they are written, in this order, in a folder of images named DIR and with a sweep that is done. */
const run = [
  'npx nx run leakage --data DIR',
  'npx nx run gap --sweep latest',
  'npx nx run advise --data DIR',
  'npx nx run promote --sweep latest --name cells --alias champion',
  'npx nx run predict --model cells@champion "runs/cache/synthetic-smear/*/TEST/LYMPHOCYTE/_0[0-2]*.jpeg"',
];

/** Why the others are not. */
const notRun: [RegExp, string][] = [
  [/^npm ci/, 'installs from the network; .ci/run does it in a new clone'],
  [
    /^pip install|make_\w+\.py|^npx prettier --write/,
    'remakes golden files, with what Python installs from the network',
  ],
  [/^npx nx (run (test|lint)$|affected )/, 'is what runs this test, or as long; .ci/run runs both'],
  [
    /^npx nx run sweep --config experiments\/unfreeze\.yaml$/,
    'takes three minutes; two of its trials are run here first',
  ],
  [/\b(FILE|FILE\.yaml|RUN)\b/, "is about a file or a run of the user's; the command's own tests run it"],
  [/^npx nx run dashboard$/, 'serves until it is stopped; apps/dashboard/test/e2e starts it'],
  [/^curl /, 'asks a dashboard; apps/dashboard/test asks the same'],
  [
    /^npx nx run fetch |dataset\.path=runs\/data/,
    'downloads from Kaggle and Keras, or reads what was downloaded',
  ],
  [
    /THAW_TOKEN|^redis-server|--queue|^sbatch/,
    'is for several machines; libs/sweep/test starts Redis, a sweep and workers',
  ],
];

/** The commands in the blocks of a page that are not of another language, without remarks. */
function commandsOf(page: string): string[] {
  const blocks = [...page.matchAll(/^ *```(\w*)\n([\s\S]*?)^ *```$/gm)].flatMap(([, language, text]) =>
    ['', 'sh', 'bash', 'console'].includes(language!) ? [text!] : [],
  );
  const lines = blocks.flatMap((block) => block.replaceAll(/\\\n\s*/g, '').split('\n'));
  return lines
    .map((line) => line.replace(/(^|\s+)#\s.*$/, '').trim())
    .filter((line) => /^(npm|npx|node|curl|pip|python|cd|export|redis-server|sbatch|docker)\b/.test(line));
}

const pages = globSync(['*.md', 'docs/**/*.md', 'libs/*/README.md', 'apps/*/README.md'], { cwd: root });
const commands = new Set(pages.flatMap((page) => commandsOf(readFileSync(join(root, page), 'utf8'))));
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
  const before = readdirSync(workspace);
  const { code, said } = await new Promise<{ code: number; said: string }>((done) => {
    exec(command, { cwd: workspace, shell: '/bin/bash' }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : (error.code ?? 1), said: stdout + stderr });
    });
  });
  expect(code, said).toBe(0);
  expect(readdirSync(workspace).filter((name) => !before.includes(name) && name !== '.nx')).toEqual([]);
});
