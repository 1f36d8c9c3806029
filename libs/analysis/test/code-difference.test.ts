import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunRecord } from '@thaw/tracking';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { codeDifference } from '../src/compare/code-difference.ts';

let folder: string;
const commits: string[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-code-'));
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...words], {
      cwd: folder,
      encoding: 'utf8',
    });
  git('init', '--quiet');
  for (const text of ['one\n', 'two\nthree\n']) {
    writeFileSync(join(folder, 'train é.py'), text);
    git('add', '.');
    git('commit', '--quiet', '-m', 'a');
    commits.push(git('rev-parse', 'HEAD').trim());
  }
  // Nothing that a checkout names is started.
  git('config', 'diff.external', 'touch started');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const run = (id: string, commit: string | null, dirty = false) =>
  ({ id, provenance: commit === null ? null : { git: { commit, dirty } } }) as unknown as RunRecord;

it('shows what changed between the commits of two runs', async () => {
  const found = await codeDifference([run('a', commits[0]!), run('b', commits[1]!, true)], folder);
  expect(found).toMatchObject({
    commits: [
      { commit: commits[0], dirty: false },
      { commit: commits[1], dirty: true },
    ],
    ...{ missing: null, isCut: false, files: [{ file: 'train é.py', added: 2, removed: 1 }] },
  });
  expect(found.text).toMatch(/@@ -1 \+1,2 @@\n-one\n\+two\n\+three\n$/);
});

it.each([
  ['one without a commit', () => [run('a', null), run('b', commits[0]!)], /of run a no commit is known/],
  ['what is no commit', () => [run('a', '--output=x'), run('b', commits[0]!)], /of run a no commit is known/],
  ['one commit', () => [run('a', commits[0]!), run('b', commits[0]!)], /^both come from the same commit$/],
  [
    'one commit and changes',
    () => [run('a', commits[0]!), run('b', commits[0]!, true)],
    /not committed and cannot be shown/,
  ],
  [
    'a commit from elsewhere',
    () => [run('a', commits[0]!), run('b', 'f'.repeat(40))],
    /does not have the commit f{12}$/,
  ],
])('says why there is nothing to show: %s', async (_, runs, why) => {
  const [a, b] = runs();
  expect(await codeDifference([a!, b!], folder)).toMatchObject({
    missing: expect.stringMatching(why),
    text: '',
  });
});
