import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { collectProvenance } from '../src/index.ts';
import { temporaryFolder } from './support/fixtures.ts';

const git = (root: string, ...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...words], {
    cwd: root,
    encoding: 'utf8',
  });

test('a checkout is its commit, dirty when a tracked file differs', async () => {
  const root = temporaryFolder();
  git(root, 'init', '--quiet');
  expect((await collectProvenance({ directory: root })).git).toBeNull();
  writeFileSync(join(root, 'code.ts'), '1');
  git(root, 'add', '.');
  git(root, 'commit', '--quiet', '-m', 'first');
  const commit = git(root, 'rev-parse', 'HEAD').trim();
  writeFileSync(join(root, 'report.json'), 'not tracked');
  expect((await collectProvenance({ directory: root })).git).toEqual({ commit, dirty: false });
  writeFileSync(join(root, 'code.ts'), '2');
  expect((await collectProvenance({ directory: root })).git).toEqual({ commit, dirty: true });
});

test('outside a checkout there is no commit', async () => {
  expect((await collectProvenance({ directory: temporaryFolder() })).git).toBeNull();
  expect((await collectProvenance({ directory: join(temporaryFolder(), 'missing') })).git).toBeNull();
});

test("Thaw's own version stands beside the commit of the folder where the user works", async () => {
  const root = temporaryFolder();
  git(root, 'init', '--quiet');
  writeFileSync(join(root, 'code.ts'), '1');
  git(root, 'add', '.');
  git(root, 'commit', '--quiet', '-m', 'first');
  const own = git(import.meta.dirname, 'rev-parse', 'HEAD').trim();
  const { git: theirs, thaw } = await collectProvenance({ directory: root });
  expect(theirs?.commit).toBe(git(root, 'rev-parse', 'HEAD').trim());
  expect(thaw).toEqual({ version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string, commit: own });
});

test('packages have their installed versions, those of outer folders included', async () => {
  const root = temporaryFolder();
  const install = (folder: string, name: string, version: string) => {
    mkdirSync(join(root, folder, 'node_modules', name), { recursive: true });
    writeFileSync(
      join(root, folder, 'node_modules', name, 'package.json'),
      JSON.stringify({ name, version }),
    );
  };
  install('', '@scope/both', '1.0.0');
  install('', 'outer', '2.0.0');
  install('inner', '@scope/both', '3.0.0');
  const { packages } = await collectProvenance({
    directory: root,
    root: join(root, 'inner'),
    packages: ['@scope/both', 'outer', 'missing'],
  });
  expect(packages).toEqual({ '@scope/both': '3.0.0', outer: '2.0.0', missing: null });
});

test('the machine is described without naming it', async () => {
  const root = temporaryFolder();
  const provenance = await collectProvenance({ directory: root });
  expect(provenance).toMatchObject({
    node: process.versions.node,
    platform: process.platform,
    arch: process.arch,
  });
  expect(provenance.cores).toBeGreaterThan(0);
  expect(provenance.memory_bytes).toBeGreaterThan(0);
  expect(provenance.cpu).not.toBe('');
  expect(JSON.stringify(provenance)).not.toContain(root);
  expect(Object.values(provenance)).not.toContain(hostname());
});
