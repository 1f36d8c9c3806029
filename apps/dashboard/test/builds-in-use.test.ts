import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { markBuildInUse, removeUnusedBuilds } from '../server/builds-in-use.ts';

it('builds are removed when no living process uses them, but never the one that is kept', async () => {
  const builds = await mkdtemp(join(tmpdir(), 'thaw-builds-'));
  try {
    for (const name of ['kept', 'used', 'unused', 'left-by-the-dead']) await mkdir(join(builds, name));
    await writeFile(join(builds, 'BUILD_ID'), 'of an earlier version');
    await markBuildInUse(join(builds, 'used'));
    // No process has an id above Linux's limit of 2 ** 22.
    await writeFile(join(builds, 'left-by-the-dead', `in-use-by-${2 ** 22 + 1}`), '');
    await removeUnusedBuilds(builds, 'kept');
    expect((await readdir(builds)).sort()).toEqual(['kept', 'used']);
  } finally {
    await rm(builds, { recursive: true });
  }
});
