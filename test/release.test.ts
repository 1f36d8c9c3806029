import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const manifests = [
  'package.json',
  ...['apps', 'libs'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => `${folder}/${name}/package.json`),
  ),
];

/** `npx nx release` with these arguments; nothing is written. */
async function rehearse(...args: string[]): Promise<string> {
  const nx = join(root, 'node_modules/nx/dist/bin/nx.js');
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };
  const { stdout } = await promisify(execFile)(process.execPath, [nx, 'release', ...args, '--dry-run'], {
    cwd: root,
    env,
  });
  return stdout;
}

it('gives all parts one new version', async () => {
  const said = await rehearse('version', '99.0.0');
  const written = [...said.matchAll(/New version 99\.0\.0 written to manifest: (\S+)/g)].map(
    ([, file]) => file,
  );
  expect(written.sort()).toEqual(manifests.sort());
});

it('has one version throughout, which CHANGELOG.md knows', () => {
  const versions = manifests.map(
    (file) => (JSON.parse(readFileSync(join(root, file), 'utf8')) as { version: string }).version,
  );
  expect(new Set(versions).size).toBe(1);
  expect(readFileSync(join(root, 'CHANGELOG.md'), 'utf8')).toContain(`\n## ${versions[0]!}`);
});
