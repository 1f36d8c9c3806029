import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorkspace, nxRun } from './support/nx.ts';
import { startProgram } from './support/program.ts';

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'thaw-typed-')));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What a shell, a terminal or Nx might make something else of; each can name a file. */
const names = [
  'two words',
  "a 'single' quote",
  'a "double" quote',
  '"all of it"',
  '$HOME',
  '${PWD}',
  '`touch backquote`',
  '$(touch dollar)',
  'a > written',
  'a < read',
  '*',
  '[ab]?{1,2}',
  'a; touch semicolon',
  'a & touch ampersand',
  'a | touch pipe',
  'key=value',
  '# no comment',
  'two\nlines',
  'кровь 血液 🩸',
  '-dash',
  '--model=dashes',
  'back\\slash',
  '!history ~ %PATH%',
];
const words = [...names, '', ' ', '-'];

describe('what is typed after a target', () => {
  const probe = `
    const { argv, env } = process;
    const { NX_TASK_TARGET_TARGET: nx, ASKED: asked } = env;
    // Before a word is said: whoever hears it may send the signal at once.
    if (asked === 'wait') {
      setTimeout(() => process.exit(3), 60_000);
      process.on('SIGTERM', () => setTimeout(() => process.exit(44), 100));
    } else process.exitCode = Number(asked);
    console.log(JSON.stringify({ args: argv.slice(2), cwd: process.cwd(), asked, nx }));
  `;
  let workspace: string;
  beforeAll(() => {
    workspace = join(folder, 'probed');
    const options = { command: 'node ./probe.cjs first' };
    makeWorkspace(workspace, { probe: { executor: './tools/nx-program:run', options } });
    mkdirSync(join(workspace, 'inside'));
    writeFileSync(join(workspace, 'probe.cjs'), probe);
  });
  const probed = (stdout: string) =>
    JSON.parse(stdout.split('\n').find((line) => line.startsWith('{'))!) as Record<string, unknown>;

  it('reaches the program word for word, in the folder and environment it was typed in, and its exit code comes back', async () => {
    const cwd = join(workspace, 'inside');
    const before = readdirSync(workspace);
    const { ended, stdout } = await nxRun(['thaw:probe', ...words, '--command', 'x'], {
      cwd,
      env: { ASKED: '42' },
    });
    expect(probed(stdout)).toEqual({ args: ['first', ...words, '--command', 'x'], cwd, asked: '42' });
    expect(ended).toBe(42);
    expect(readdirSync(workspace).filter((name) => !before.includes(name))).toEqual(['.nx']);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('reaches the program around `--`, after which nothing is an option of Nx', async () => {
    const { ended, stdout } = await nxRun(['probe', 'list', 'a b', '--', '--help', '-c', '--', '--verbose'], {
      cwd: workspace,
      env: { ASKED: '0' },
    });
    expect(probed(stdout)['args']).toEqual(['first', 'list', 'a b', '--help', '-c', '--', '--verbose']);
    expect(ended).toBe(0);
  });

  it('ends when the program ends, which is told of a signal', async () => {
    let told = false;
    const { ended } = await nxRun(['probe'], {
      cwd: workspace,
      env: { ASKED: 'wait' },
      onOutput: (said, kill) => {
        if (told || !said.includes('first')) return;
        told = true;
        kill('SIGTERM');
      },
    });
    expect(ended).toBe(44);
  });
});

describe('the commands', () => {
  const experiment = `
name: tiny
dataset: {source: synthetic-smear, train_sources_per_class: 2, test_sources_per_class: 2, images_per_source: 3}
model: {alpha: 0.35, image_size: 32, weights: random, head_units: 4}
training: {epochs: 1}
`;
  let workspace: string;
  let runsDir: string;
  beforeAll(async () => {
    workspace = join(folder, 'workspace');
    makeWorkspace(workspace);
    runsDir = join(workspace, 'runs');
    writeFileSync(join(folder, 'tiny.yaml'), experiment);
    for (const args of [
      ['sweep', '--config', join(folder, 'tiny.yaml')],
      ['promote', '--run', 'latest', '--name', 'cells'],
    ]) {
      const { ended, output } = startProgram(...args, '--runs-dir', runsDir);
      expect(await ended, output.stderr).toBe(0);
    }
  });

  it('predict files of any name', async () => {
    const images = join(workspace, 'images');
    const smear = join(runsDir, 'cache/synthetic-smear');
    const image = join(
      smear,
      readdirSync(smear, { recursive: true, encoding: 'utf8' }).find((name) => /jpe?g$/.test(name))!,
    );
    for (const name of names) {
      mkdirSync(dirname(join(images, name)), { recursive: true });
      copyFileSync(image, join(images, name));
    }
    const output = join(folder, 'predictions.json');
    const options = ['--model', 'cells', '--runs-dir', runsDir, '--output', output];
    // As everywhere, a name that begins with a dash is an option unless a folder stands before it.
    const files = names.map((name) => (name.startsWith('-') ? `./${name}` : name));
    // As many bytes as a shell makes of a folder of thousands; each file is predicted once.
    const typed = Array.from({ length: 200 }, () => files).flat();
    expect(Buffer.byteLength(typed.join(' '))).toBeGreaterThan(40_000);
    const { ended, stderr } = await nxRun(['thaw:predict', ...options, ...typed], { cwd: images });
    expect(ended, stderr).toBe(0);
    const predictions = JSON.parse(readFileSync(output, 'utf8')) as { file: string }[];
    expect(predictions.map(({ file }) => file)).toEqual(files);
    expect(readdirSync(images).sort()).toEqual([...names].sort());
  });

  it('run the expression of `runs list` that the README has, and leave no file', async () => {
    const before = readdirSync(workspace);
    const where = 'val_accuracy > 0.9 and model.scenario = "partial_unfreeze"';
    const { ended, stderr } = await nxRun(['runs', 'list', '--where', where, '--sort=-test_accuracy'], {
      cwd: workspace,
    });
    expect(ended, stderr).toBe(0);
    expect(readdirSync(workspace).filter((name) => !before.includes(name) && name !== '.nx')).toEqual([]);
  });

  it('say an expression that `runs list` cannot read as it was typed', async () => {
    const expression = `name in (${words.map((word) => JSON.stringify(word)).join(', ')}) oops`;
    const { ended, stderr } = await nxRun(['runs', 'list', '--where', expression], { cwd: workspace });
    expect(ended).toBe(1);
    expect(stderr).toContain(expression);
  });
});
