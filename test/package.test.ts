import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { inRoot } from '../tools/bundle/bundle-programs.ts';
import { pack } from '../tools/pack/pack.ts';
import { installIn, runIn } from './support/installed-package.ts';

let folder: string;
/** Where everything is installed: nothing of this project is above it. */
let project: string;
let tarballs: string[];
let isInstalled: boolean;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-package-'));
  const platforms = [`${process.platform}/${process.arch}`];
  tarballs = await pack({ output: join(folder, 'packed'), platforms }, process.stderr);
  project = join(folder, 'project');
  isInstalled = await installIn(project, ...tarballs);
  // The pages may have to be built first, beside all other tests.
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** As npx starts it, which takes a second of a processor to find it. */
const thaw = (...args: string[]) => runIn(project, 'node_modules/.bin/thaw', ...args);
const needsRegistry = ({ skip }: TestContext) => {
  skip(!isInstalled, "npm's registry cannot be reached, so nothing was installed");
};

it.each(['thaw-search', 'thaw-tracking', 'thaw-metrics', 'thaw-analysis'])(
  '%s is a package in which Node and TypeScript find what it promises',
  async (name) => {
    const data = await readFile(tarballs.find((file) => file.includes(`${name}-`))!);
    const tarball = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
    expect((await publint({ pack: { tarball } })).messages).toEqual([]);
    const checked = await checkPackage(createPackageFromTarballData(new Uint8Array(data)));
    // ESM alone, by exports alone: neither CommonJS before Node 20.19 nor TypeScript's resolution of Node 10 can read it.
    const expected = ['NoResolution', 'CJSResolvesToESM'];
    const problems = checked.types === false ? ['no types'] : checked.problems.map(({ kind }) => kind);
    expect(problems.filter((kind) => !expected.includes(kind))).toEqual([]);
  },
);

describe("installed in an empty folder (needs npm's registry)", () => {
  it('downloads nothing but packages: none has an install script', async (context) => {
    needsRegistry(context);
    const lock = JSON.parse(await readFile(join(project, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { hasInstallScript?: boolean }>;
    };
    const scripts = Object.entries(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript);
    expect(scripts.map(([name]) => name)).toEqual([]);
  });

  it('names its commands as they are typed there', async (context) => {
    needsRegistry(context);
    const { stdout } = await runIn(project, 'npx', 'thaw', '--help');
    expect(stdout).toContain('npx thaw dashboard');
    expect(stdout).not.toContain('nx run');
  });

  it('begins an experiment, sweeps, says what the gap is made of, promotes and predicts', async (context) => {
    needsRegistry(context);
    await thaw('init');
    const least = ['--max-trials', '1', '--set', 'training.epochs=1', '--set', 'test=each'];
    const sweep = await thaw('sweep', '--config', 'experiment.yaml', ...least);
    expect(sweep.stdout).toMatch(/interrupted.*npx thaw runs show/);
    const gap = await thaw('gap', '--sweep', 'latest', '--retrain', '1');
    expect(gap.stdout).toContain('gap/report.html');
    await mkdir(join(project, 'images'));
    const gray = sharp({ create: { width: 80, height: 60, channels: 3, background: 'gray' } });
    for (const name of ['a.jpeg', 'b.png']) await gray.clone().toFile(join(project, 'images', name));
    await thaw('promote', '--sweep', 'latest', '--name', 'cells');
    await thaw('predict', '--model', 'cells', '--output', 'predicted.json', 'images');
    const predicted = JSON.parse(await readFile(join(project, 'predicted.json'), 'utf8')) as {
      file: string;
    }[];
    expect(predicted.map(({ file }) => file)).toEqual(['images/a.jpeg', 'images/b.png']);
  });

  it('shows them in the dashboard', async (context) => {
    needsRegistry(context);
    const server = spawn(process.execPath, ['node_modules/thaw/lib/thaw.js', 'dashboard', '--port', '0'], {
      cwd: project,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    try {
      let said = '';
      server.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
      await expect.poll(() => said).toContain('http://');
      const address = /http:\S+/.exec(said)![0];
      const page = await (await fetch(`${address}/sweeps`)).text();
      expect(page).toContain('<title>Sweeps');
      expect(await (await fetch(`${address}/api/v1/sweeps`)).text()).toContain('-first-');
      const [, script] = /src="(\/_next\/static\/[^"]+\.js)"/.exec(page)!;
      expect((await fetch(`${address}${script!}`)).status).toBe(200);
    } finally {
      server.kill();
      await once(server, 'exit');
    }
  });

  it('gives a strict program types, and runs it on Node alone', async (context) => {
    needsRegistry(context);
    await copyFile(inRoot('test/support/library-program.ts'), join(project, 'program.ts'));
    const compilerOptions = {
      ...{ module: 'nodenext', target: 'es2023', lib: ['es2023'], strict: true, skipLibCheck: false },
      ...{ typeRoots: [inRoot('node_modules/@types')], types: ['node'] },
    };
    await writeFile(
      join(project, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: ['program.ts'] }),
    );
    await runIn(project, process.execPath, inRoot('node_modules/typescript/bin/tsc'));
    const { stdout } = await runIn(project, process.execPath, 'program.js');
    expect(stdout).toBe(
      'gap 0.25 of 4 and 4 images\nbest rate 0.5\nlogged 2 epochs of 1 run\nnothing to compare\n',
    );
  });
});
